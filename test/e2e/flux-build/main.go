// Builds a folder as Flux's kustomize-controller does, and prints what it would apply.
package main

import (
	"fmt"
	"os"

	"github.com/fluxcd/pkg/kustomize"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

func main() {
	root, folder := os.Args[1], os.Args[2]
	text, err := build(root, folder)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Stdout.Write(text)
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
