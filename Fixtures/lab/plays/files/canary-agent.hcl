# Ansible: plays/canary.yml. The secret-id comes from whoever starts the app; until it is there, the agent waits for it.
vault {
  address = "https://127.0.0.1:8200"
  ca_cert = "/etc/ssl/lab-ca.pem"
  retry { num_retries = 3 }
}

auto_auth {
  method "approle" {
    min_backoff = "1s"
    max_backoff = "2s"
    exit_on_err = false
    config = {
      role_id_file_path                   = "/etc/canary/role_id"
      secret_id_file_path                 = "/run/canary/secret_id"
      remove_secret_id_file_after_reading = false
    }
  }
}

template_config {
  exit_on_retry_failure = false
}

template {
  source      = "/etc/canary/database.tpl"
  destination = "/run/canary/database.json"
  perms       = "0600"
}
