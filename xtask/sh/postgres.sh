# A PostgreSQL of its own on the loopback interface, in a folder that is thrown away: it
# runs as long as somebody holds this script's input open, so it ends with whoever started
# it, however that one ends. It says its address in one line.
#
# $1 where initdb and pg_ctl lie, $2 the port
set -eu

folder=$(mktemp -d)
end() {
    trap - EXIT
    "$1/pg_ctl" stop --silent --mode=immediate --pgdata="$folder/data" >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap 'end "$1"' EXIT
# Ctrl-C reaches everybody in the terminal; this one has to tidy up first.
trap 'exit 1' INT TERM HUP

fail() {
    cat "$folder/log" >&2
    exit 1
}

# On a machine that others use as well, a database without a password is an open door.
umask 077
password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
echo "$password" >"$folder/password"

"$1/initdb" --pgdata="$folder/data" --username=mendmap --pwfile="$folder/password" \
    --auth=password --encoding=UTF8 --locale=C --no-sync >"$folder/log" 2>&1 || fail

# What is thrown away need not survive the power. Connections are for tests that run beside
# each other, each with several servers.
cat >>"$folder/data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
port = $2
unix_socket_directories = ''
max_connections = 200
fsync = off
full_page_writes = off
CONF

"$1/pg_ctl" start --silent --wait --pgdata="$folder/data" --log="$folder/log" \
    </dev/null >/dev/null 2>&1 || fail

echo "postgres://mendmap:$password@127.0.0.1:$2/postgres"
exec 1>&-
read -r _ || true
