# Sourced by mvnw and papertape. Sets JAVA_HOME to a JDK of at least this version, or says in one
# sentence that there is none. A JDK's `release` file tells its version without starting a JVM.
papertape_jdk_wanted=25

papertape_jdk_good() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  papertape_jdk_major=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  [ -n "$papertape_jdk_major" ] && [ "$papertape_jdk_major" -ge "$papertape_jdk_wanted" ]
}

papertape_jdk_on_path() {
  papertape_java=$(command -v java 2>/dev/null) || return 0
  papertape_java=$(readlink -f "$papertape_java" 2>/dev/null) || return 0
  dirname "$(dirname "$papertape_java")"
}

papertape_find_jdk() {
  for papertape_jdk in \
    "${JAVA_HOME:-}" \
    "$(papertape_jdk_on_path)" \
    /usr/lib/jvm/* /usr/local/lib/jvm/* /opt/* /opt/java/* /usr/java/* \
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$([ -x /usr/libexec/java_home ] && /usr/libexec/java_home -v "$papertape_jdk_wanted+" 2>/dev/null)"; do
    if [ -n "$papertape_jdk" ] && papertape_jdk_good "$papertape_jdk"; then
      JAVA_HOME=$papertape_jdk
      export JAVA_HOME
      return 0
    fi
  done
  echo "Papertape needs a JDK $papertape_jdk_wanted or newer: install one, or set JAVA_HOME to where it is." >&2
  return 1
}
