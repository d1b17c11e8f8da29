/// What stands on the arena's stage.
enum World {
    /// A root file system in memory: the host's programs, an `/etc` like its own, and nobody's files.
    static let root = """
        mount -t tmpfs arena /tmp
        for entry in /*; do
            case $entry in
                /root | /home | /run | /tmp | /var | /etc | /mnt | /media | /srv) mkdir -p "/tmp$entry" ;;
                *) if [ -L "$entry" ]; then cp -P "$entry" /tmp
                   elif [ -d "$entry" ]; then mkdir "/tmp$entry"; mount --rbind "$entry" "/tmp$entry"; fi ;;
            esac
        done
        cp -a /etc/. /tmp/etc 2>/dev/null || true
        mkdir -p /tmp/old /tmp/home/operator /tmp/var/tmp
        ln -s /run /tmp/var/run
        cd /tmp
        pivot_root . old
        umount -l /old
        mount -t tmpfs shm /dev/shm
        mount -t tmpfs tmp /tmp
        """

    /// A cable whose other end is prod's: it is the first process's, in a network of its own.
    static let network = """
        ip link set lo up
        unshare --net sh -c 'echo $$ >/run/prod.pid; until [ -e /run/cable ]; do sleep 0.05; done
            ip link set lo up; ip link set lan1 up
            for n in 201 202 203; do ip address add 192.168.1.$n/24 dev lan1; done
            ip -6 address add fd00:c9::201/64 dev lan1 nodad
            exec /usr/bin/python3 -I /run/world.py prod' >/run/prod.log 2>&1 </dev/null &
        until [ -s /run/prod.pid ]; do sleep 0.05; done
        ip link add lan0 type veth peer name lan1 netns "$(cat /run/prod.pid)"
        ip address add 192.168.1.50/24 dev lan0
        ip -6 address add fd00:c9::50/64 dev lan0 nodad
        ip link set lan0 up
        ip route add 224.0.0.0/4 dev lan0
        touch /run/cable
        n=0; until bash -c 'exec 3<>/dev/tcp/192.168.1.201/80' 2>/dev/null; do
            n=$((n + 1)); [ $n -lt 200 ] || { cat /run/prod.log >&2; exit 1; }; sleep 0.05
        done
        """

    /// What the operator's laptop has: files, a key with its agent, daemons' sockets, a queue, names.
    static let host = """
        cd /root
        umask 077
        mkdir -p .ssh .kube .aws .docker .config/gcloud .cloudflared /etc/ansible /etc/ssl/certs
        for file in .vault-token .kube/config .pgpass .pg_service.conf .git-credentials .netrc \\
            .aws/credentials .docker/config.json .cloudflared/cert.pem .ansible-vault-password \\
            /etc/ssl/certs/prod-ca.pem /dev/shm/prod; do
            echo this-is-prod >"$file"
        done
        printf '[prod]\\nthis-is-prod\\n' | tee prod-inventory >/etc/ansible/hosts
        printf '[user]\\n name = this-is-prod\\n' >.gitconfig
        printf 'Host prod\\n HostName this-is-prod\\n' >.ssh/config
        ssh-keygen -q -t ed25519 -N '' -C this-is-prod -f .ssh/id_prod
        printf '192.168.1.201 %s\\n' "$(cat .ssh/id_prod.pub)" >.ssh/known_hosts
        ssh-agent -a /root/agent.sock >/dev/null
        SSH_AUTH_SOCK=/root/agent.sock ssh-add -q .ssh/id_prod
        echo '192.168.1.202 vault.prod this-is-prod' >>/etc/hosts
        echo '192.168.1.203 pi1' >>/etc/hosts
        printf 'nameserver 192.168.1.201\\noptions timeout:1 attempts:1\\n' >/etc/resolv.conf
        printf 'passwd: files\\ngroup: files\\nhosts: files dns\\n' >/etc/nsswitch.conf
        /usr/bin/python3 -I /run/world.py host prod-agent this-is-prod >/run/host.log 2>&1 </dev/null &
        n=0; until [ -e /run/host.ready ]; do
            n=$((n + 1)); [ $n -lt 200 ] || { cat /run/host.log >&2; exit 1; }; sleep 0.05
        done
        """

    /// What his shell exports.
    static let variables = [
        "HOME": "/root", "KUBECONFIG": "/root/.kube/config", "VAULT_ADDR": "http://192.168.1.202:8200",
        "VAULT_TOKEN": "hvs.this-is-prod", "SSH_AUTH_SOCK": "/root/agent.sock", "PGHOST": "192.168.1.202",
        "PGSERVICEFILE": "/root/.pg_service.conf", "http_proxy": "http://192.168.1.203:3128",
        "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "credential.helper",
        "GIT_CONFIG_VALUE_0": "!echo this-is-prod", "GIT_SSH_COMMAND": "echo this-is-prod >&2; false",
        "CLOUDFLARE_API_TOKEN": "this-is-prod", "ZOHO_REFRESH_TOKEN": "this-is-prod",
        "AWS_SECRET_ACCESS_KEY": "this-is-prod", "ARGOCD_AUTH_TOKEN": "this-is-prod",
        "DOCKER_HOST": "tcp://192.168.1.201:2375", "ANSIBLE_INVENTORY": "/root/prod-inventory",
        "ANSIBLE_VAULT_PASSWORD_FILE": "/root/.ansible-vault-password",
    ]
}
