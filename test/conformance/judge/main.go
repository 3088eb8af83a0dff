// Judge says what Istio itself thinks of Kubernetes objects.
//
// It reads a stream of YAML documents. A document whose first line is `# case: <name>` begins a case; the documents
// up to the next such line belong to it. For every object it prints one line of JSON with two verdicts:
//
//	{"case", "apiVersion", "kind", "namespace", "name", "errors": […], "warnings": […], "admission": […]}
//
// errors and warnings are those of `istioctl validate` and of istiod's webhook; admission is what an API server would say
// that has this Istio's CRDs (OpenAPI, CEL rules). After the objects of a case come the findings of `istioctl analyze`:
//
//	{"case", "code", "level", "resource", "message"}
//
// Objects of the core groups (Service, Pod, …) are not judged: they are the cluster that the analysis looks at.
// With -validate-only there are no findings of the analysis. With -measure it prints one line with the seconds of CPU that each part took,
// and nothing else. The program exits 1 only if it could not judge.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	kubeyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"

	"istio.io/istio/pkg/log"
)

const caseMark = "# case: "

type objectVerdict struct {
	Case       string   `json:"case"`
	APIVersion string   `json:"apiVersion"`
	Kind       string   `json:"kind"`
	Namespace  string   `json:"namespace"`
	Name       string   `json:"name"`
	Errors     []string `json:"errors"`
	Warnings   []string `json:"warnings"`
	Admission  []string `json:"admission"`
}

func main() {
	validateOnly := flag.Bool("validate-only", false, "no analysis: objects are judged one by one")
	measureOnly := flag.Bool("measure", false, "how long validation and analysis of all objects take, as one case")
	flag.Parse()
	for _, scope := range log.Scopes() {
		scope.SetOutputLevel(log.ErrorLevel)
	}
	run := func() error { return judge(os.Stdin, os.Stdout, !*validateOnly) }
	if *measureOnly {
		run = func() error { return measure(os.Stdin, os.Stdout) }
	}
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "judge:", err)
		os.Exit(1)
	}
}

func judge(in io.Reader, out io.Writer, withAnalysis bool) error {
	admission, err := newAdmission()
	if err != nil {
		return err
	}
	buffered := bufio.NewWriter(out)
	defer buffered.Flush()
	lines := json.NewEncoder(buffered)
	lines.SetEscapeHTML(false)
	return readCases(in, func(name string, documents []*unstructured.Unstructured) error {
		for _, one := range documents {
			if !isIstio(one) {
				continue
			}
			verdict := validate(one)
			verdict.Case = name
			verdict.Admission = admission.judge(one)
			if err := lines.Encode(verdict); err != nil {
				return err
			}
		}
		if !withAnalysis {
			return nil
		}
		findings, err := analyze(name, documents)
		if err != nil {
			return fmt.Errorf("case %s: %w", name, err)
		}
		for _, finding := range findings {
			if err := lines.Encode(finding); err != nil {
				return err
			}
		}
		return nil
	})
}

func readCases(in io.Reader, each func(name string, documents []*unstructured.Unstructured) error) error {
	reader := kubeyaml.NewYAMLReader(bufio.NewReader(in))
	name := ""
	var documents []*unstructured.Unstructured
	for {
		text, err := reader.Read()
		if err == io.EOF {
			return each(name, documents)
		}
		if err != nil {
			return err
		}
		if rest, ok := strings.CutPrefix(string(text), caseMark); ok {
			if len(documents) > 0 {
				if err := each(name, documents); err != nil {
					return err
				}
			}
			name, _, _ = strings.Cut(rest, "\n")
			documents = nil
		}
		object := map[string]any{}
		if err := yaml.UnmarshalStrict(text, &object); err != nil {
			return fmt.Errorf("case %s: %w", name, err)
		}
		if len(object) > 0 {
			documents = append(documents, &unstructured.Unstructured{Object: object})
		}
	}
}

func isIstio(object *unstructured.Unstructured) bool {
	return strings.HasSuffix(object.GroupVersionKind().Group, ".istio.io")
}
