// Builds a folder as Flux's kustomize-controller does, and prints what it would apply; or, after the word `fetched`, prints the files that its
// source-controller takes into an artifact.
package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/fluxcd/pkg/kustomize"
	"github.com/fluxcd/pkg/sourceignore"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

func main() {
	first, second := os.Args[1], os.Args[2]
	text, err := run(first, second)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Stdout.Write(text)
}

func run(first, second string) ([]byte, error) {
	if first == "fetched" {
		return fetched(second)
	}
	return build(first, second)
}

// As gitrepository_controller.go and artifact/storage, SourceIgnoreFilter, do.
func fetched(root string) ([]byte, error) {
	domain := strings.Split(root, string(filepath.Separator))
	patterns, err := sourceignore.LoadIgnorePatterns(root, domain)
	if err != nil {
		return nil, err
	}
	matcher := sourceignore.NewDefaultMatcher(patterns, domain)
	if len(patterns) > 0 {
		matcher = sourceignore.NewMatcher(append(sourceignore.VCSPatterns(domain), patterns...))
	}
	var text strings.Builder
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || matcher.Match(strings.Split(path, string(filepath.Separator)), false) {
			return err
		}
		relative, err := filepath.Rel(root, path)
		text.WriteString(relative + "\n")
		return err
	})
	return []byte(text.String()), err
}

func build(root, folder string) ([]byte, error) {
	object := unstructured.Unstructured{Object: map[string]any{
		"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
		"kind":       "Kustomization",
		"metadata":   map[string]any{"name": "mainsheet", "namespace": "flux-system"},
		"spec":       map[string]any{"prune": true, "interval": "10m", "path": "./"},
	}}
	if _, err := kustomize.NewGenerator(root, object).WriteFile(folder); err != nil {
		return nil, err
	}
	built, err := kustomize.SecureBuild(root, folder, false)
	if err != nil {
		return nil, err
	}
	return built.AsYaml()
}
