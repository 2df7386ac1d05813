// Writes the reference pages of Go packages: one page of HTML for each.
//
//	go run docs/reference/godoc.go OUTPUT IMPORT_PATH FOLDER [...]
//
// It uses the standard library alone. It fails if an exported name has no
// comment; generated files are exempt.
package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/doc"
	"go/doc/comment"
	"go/format"
	"go/parser"
	"go/token"
	"html"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"strings"
)

const head = `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>%s</title><style>
body{font:16px/1.5 sans-serif;max-width:50em;margin:2em auto;padding:0 1em}
pre{background:#f4f4f4;padding:.6em;overflow:auto}h3{margin-top:2em}
</style></head><body><p><a href="../index.html">All references</a></p>
`

type page struct {
	out   bytes.Buffer
	files *token.FileSet
	pkg   *doc.Package
	bare  []string // exported names without a comment
}

func (p *page) prose(text string) {
	printer := p.pkg.Printer()
	printer.DocLinkURL = func(link *comment.DocLink) string {
		if link.ImportPath != "" {
			return "https://pkg.go.dev/" + link.ImportPath + "#" + link.Name
		}
		if link.Recv != "" {
			return "#" + link.Recv + "." + link.Name
		}
		return "#" + link.Name
	}
	p.out.Write(printer.HTML(p.pkg.Parser().Parse(text)))
}

func (p *page) entry(id, name, text string, node ast.Node) {
	var code bytes.Buffer
	if err := format.Node(&code, p.files, node); err != nil {
		log.Fatal(err)
	}
	fmt.Fprintf(&p.out, "<h3 id=%q>%s</h3>\n<pre>%s</pre>\n", id,
		html.EscapeString(name), html.EscapeString(code.String()))
	isInterface := strings.HasSuffix(id, ".Error") || strings.HasSuffix(id, ".Unwrap")
	if text == "" && !isInterface && !hasComment(node) {
		p.bare = append(p.bare, id)
	}
	p.prose(text)
}

// A group of constants or variables is documented if each of them is.
func hasComment(node ast.Node) bool {
	decl, ok := node.(*ast.GenDecl)
	if !ok {
		return false
	}
	for _, spec := range decl.Specs {
		value, ok := spec.(*ast.ValueSpec)
		if !ok || value.Doc == nil && value.Comment == nil && decl.Doc == nil {
			return false
		}
	}
	return true
}

func (p *page) values(values []*doc.Value) {
	for _, value := range values {
		p.entry(value.Names[0], strings.Join(value.Names, ", "), value.Doc, value.Decl)
	}
}

func (p *page) functions(receiver string, functions []*doc.Func) {
	for _, function := range functions {
		id := receiver + function.Name
		function.Decl.Body = nil
		p.entry(id, id, function.Doc, function.Decl)
	}
}

func write(output, importPath, folder string) []string {
	p := page{files: token.NewFileSet()}
	parsed, err := parser.ParseDir(p.files, folder, func(info fs.FileInfo) bool {
		return !strings.HasSuffix(info.Name(), "_test.go")
	}, parser.ParseComments)
	if err != nil {
		log.Fatal(err)
	}
	var files []*ast.File
	generated := false
	for _, each := range parsed {
		for _, file := range each.Files {
			files = append(files, file)
			generated = generated || ast.IsGenerated(file)
		}
	}
	if p.pkg, err = doc.NewFromFiles(p.files, files, importPath); err != nil {
		log.Fatal(err)
	}
	fmt.Fprintf(&p.out, head, p.pkg.Name)
	fmt.Fprintf(&p.out, "<h1>package %s</h1>\n<pre>import %q</pre>\n", p.pkg.Name, importPath)
	p.prose(p.pkg.Doc)
	p.values(p.pkg.Consts)
	p.values(p.pkg.Vars)
	p.functions("", p.pkg.Funcs)
	for _, each := range p.pkg.Types {
		p.entry(each.Name, "type "+each.Name, each.Doc, each.Decl)
		p.values(each.Consts)
		p.values(each.Vars)
		p.functions("", each.Funcs)
		p.functions(each.Name+".", each.Methods)
	}
	fmt.Fprintln(&p.out, "</body></html>")
	name := filepath.Join(output, p.pkg.Name+".html")
	if err := os.WriteFile(name, p.out.Bytes(), 0o644); err != nil {
		log.Fatal(err)
	}
	if generated {
		return nil
	}
	return p.bare
}

func main() {
	output, bare := os.Args[1], []string(nil)
	for i := 2; i+1 < len(os.Args); i += 2 {
		bare = append(bare, write(output, os.Args[i], os.Args[i+1])...)
	}
	if len(bare) != 0 {
		log.Fatalf("no comment: %s", strings.Join(bare, ", "))
	}
}
