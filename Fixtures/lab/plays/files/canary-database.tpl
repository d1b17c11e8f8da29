{{ with secret "database/creds/canary" }}{"host": "@DATABASE@", "database": "shortener", "username": {{ .Data.username | toJSON }}, "password": {{ .Data.password | toJSON }}}{{ end }}
