# The launcher's airflow command, read by it: a real Airflow with the DAGs of this checkout.
# shellcheck shell=bash
# shellcheck disable=SC2154  # root, emulator and dags are the launcher's

make_venv "$dags" 3.11
if [[ " $* " != *" --help "* && " $* " != *" -h "* ]]; then
  build
  make_venv "$emulator" 3.13
fi
PYTHONPATH=$root/infra/airflow exec "$dags/.venv/bin/python" -m local_airflow "$@"
