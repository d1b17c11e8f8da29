# Runs inside the image's tree (build.sh): users, services, and no work at boot that only costs time.
ln -s bao /usr/local/bin/vault
useradd --create-home --shell /bin/bash --password '*' pi
rm -f /etc/ssh/ssh_host_* /etc/hostname /etc/update-motd.d/*
: >/etc/motd
: >/etc/machine-id
rm -f /var/lib/dbus/machine-id
ln -sf /usr/share/zoneinfo/Etc/UTC /etc/localtime

systemctl --quiet enable systemd-networkd.service ssh-host-key.service ssh.service qemu-guest-agent.service 2>/dev/null
systemctl --quiet set-default multi-user.target

# Installed for whichever machine the plays give them to; until then nothing of them starts. A database that the
# package made would be the same on every machine: none may be there (build.sh asks for none).
systemctl --quiet disable postgresql.service glusterd.service lighttpd.service 2>/dev/null
for unit in $(cd /usr/lib/systemd/system && ls gluster*.service gluster*.timer lighttpd* postgresql* pg_* git* rsync* 2>/dev/null); do
    rm -f /etc/systemd/system/*.wants/"$unit"
done
[ ! -e /var/lib/postgresql/15/main ] || { echo "the package made a database cluster" >&2; exit 1; }
# Copying volumes to another site, which nobody does here: glusterd starts it some ten times, and waits for it, at each of
# its own starts; in an emulated guest that took 3 min 25 s of every boot. Without it a start takes 3 s.
rm -f /usr/lib/*/glusterfs/gsyncd
# No two machines may be the same peer.
rm -f /var/lib/glusterd/glusterd.info

# Under emulation each of these costs 0.1 to 20 s of every boot, or wakes up in the middle of a drill.
systemctl --quiet mask \
    apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service \
    fstrim.timer man-db.timer logrotate.timer systemd-tmpfiles-clean.timer \
    getty.target systemd-networkd-wait-online.service systemd-timesyncd.service systemd-logind.service \
    systemd-network-generator.service systemd-modules-load.service kmod-static-nodes.service \
    systemd-random-seed.service systemd-remount-fs.service systemd-journal-flush.service \
    systemd-user-sessions.service systemd-update-utmp.service systemd-update-utmp-runlevel.service \
    systemd-pstore.service systemd-binfmt.service proc-sys-fs-binfmt_misc.automount systemd-rfkill.service \
    systemd-ask-password-console.path systemd-ask-password-wall.path systemd-fsckd.socket systemd-initctl.socket \
    dev-hugepages.mount dev-mqueue.mount sys-kernel-debug.mount sys-kernel-tracing.mount \
    sys-fs-fuse-connections.mount sys-kernel-config.mount keyboard-setup.service console-setup.service
# No pattern unit may be masked by `systemctl mask` alone; a link does for all its instances.
for pattern in modprobe@ getty@ serial-getty@ autovt@; do ln -sf /dev/null "/etc/systemd/system/$pattern.service"; done
# Generators look for disks, consoles and init scripts that no guest has: a fork each, before anything starts.
mkdir -p /etc/systemd/system-generators
for generator in /usr/lib/systemd/system-generators/*; do
    [ "${generator##*/}" = systemd-fstab-generator ] || ln -sf /dev/null "/etc/systemd/system-generators/${generator##*/}"
done

update-initramfs -u -k all >/dev/null
# What is under /usr is what was meant: no rebuild of caches at first boot.
touch /etc/.updated /var/.updated
apt-get clean
rm -rf /var/lib/apt/lists/* /var/cache/debconf/*-old /var/log/*.log /var/log/apt
