# Prints a Markdown file with the code of every block that stands below `<!-- from FILE -->` taken from that file anew.
# `./dev format` writes that, `./dev lint` compares. Usage:
#     awk -f tests/lint/snippets.awk FILE.md
/^<!-- from [^ ]+ -->$/ {
    source = $3
    print
    next
}
source != "" && /^```/ {
    print
    while ((getline code < source) > 0) print code
    close(source)
    source = ""
    skipping = 1
    next
}
skipping && !/^```$/ { next }
{
    skipping = 0
    print
}
