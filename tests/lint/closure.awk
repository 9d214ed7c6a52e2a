# Prints for each file read from standard input one line: the file and all headers of this repository that it includes,
# directly or not. Usage:
#     awk -f tests/lint/closure.awk ALL-SOURCES… < FILES
/^[ \t]*#[ \t]*include[ \t]*"/ {
    split($0, parts, "\"")
    includes[FILENAME] = includes[FILENAME] " " parts[2]
}
FNR == 1 { known[FILENAME] = 1 }

function close_over(file,    count, names, i) {
    if ((file in seen) || !(file in known)) return
    seen[file] = 1
    line = line " " file
    count = split(includes[file], names, " ")
    for (i = 1; i <= count; ++i) close_over(names[i])
}

END {
    while ((getline file < "/dev/stdin") > 0) {
        line = ""
        split("", seen)
        close_over(file)
        print substr(line, 2)
    }
}
