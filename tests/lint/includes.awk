# Checks the direction of includes: a folder may include only the folders named for it here. Usage:
#     awk -f tests/lint/includes.awk FILE…
BEGIN {
    may["messages"] = "messages"
    may["scheduling"] = "messages scheduling"
    may["actors"] = "messages scheduling actors"
    may["metrics"] = "messages scheduling metrics"
    may_also["metrics", "runtime/node.hpp"] = may_also["sim", "runtime/node.hpp"] = 1 # what every door sees of a node
    may_also["sim", "runtime/replay_node.hpp"] = 1                                       # a node in virtual time
    may["persistence"] = "messages scheduling actors persistence"
    may["runtime"] = "messages scheduling actors persistence runtime"
    may["gateways"] = "messages scheduling actors metrics persistence runtime gateways"
    may["sim"] = "messages scheduling actors gateways sim"
    everything = "messages scheduling actors metrics persistence runtime gateways sim app bench tests"
    may["app"] = may["bench"] = may["tests"] = everything
    knows_caf["runtime"] = knows_caf["app"] = knows_caf["bench"] = 1
}

FNR == 1 {
    folder = FILENAME
    sub(/\/.*/, "", folder)
}

/^[ \t]*#[ \t]*include[ \t]*"/ {
    split($0, parts, "\"")
    target = parts[2]
    if ((folder, target) in may_also) next
    sub(/\/.*/, "", target)
    if (index(" " everything " ", " " target " ") == 0)
        complain("is not written from the top folder")
    else if (index(" " may[folder] " ", " " target " ") == 0)
        complain(folder " may include only: " may[folder])
}

/^[ \t]*#[ \t]*include[ \t]*<caf\// && !(folder in knows_caf) && FILENAME !~ /^tests\/sanitizers\// {
    complain("only runtime, app and bench know CAF")
}

function complain(why) {
    printf "%s:%d: %s: %s\n", FILENAME, FNR, $0, why
    bad = 1
}

END { exit bad }
