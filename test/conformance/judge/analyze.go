package main

import (
	"bytes"
	"fmt"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"istio.io/istio/pkg/config/analysis/analyzers"
	"istio.io/istio/pkg/config/analysis/local"
	"istio.io/istio/pkg/config/resource"
)

type analysisFinding struct {
	Case     string `json:"case"`
	Code     string `json:"code"`
	Level    string `json:"level"`
	Resource string `json:"resource"`
	Message  string `json:"message"`
}

// analyze is `istioctl analyze --use-kube=false` over the objects of one case, with every analyzer there is, beside an ordinary ingress gateway.
func analyze(name string, documents []*unstructured.Unstructured) ([]analysisFinding, error) {
	analyzer, err := newAnalyzer(documents)
	if err != nil {
		return nil, err
	}
	cancel := make(chan struct{})
	defer close(cancel)
	result, err := analyzer.Analyze(cancel)
	if err != nil {
		return nil, err
	}
	findings := make([]analysisFinding, 0, len(result.Messages))
	for _, message := range result.Messages {
		title := ""
		if message.Resource != nil {
			title = message.Resource.Origin.FriendlyName()
		}
		findings = append(findings, analysisFinding{
			Case:     name,
			Code:     message.Type.Code(),
			Level:    message.Type.Level().String(),
			Resource: title,
			Message:  fmt.Sprintf(message.Type.Template(), message.Parameters...),
		})
	}
	return findings, nil
}

func newAnalyzer(documents []*unstructured.Unstructured) (*local.IstiodAnalyzer, error) {
	analyzer := local.NewIstiodAnalyzer(analyzers.AllCombined(), "", resource.Namespace("istio-system"), nil)
	var all bytes.Buffer
	for _, one := range documents {
		object := one.DeepCopy()
		// What `kubectl apply` would do.
		if object.GetNamespace() == "" && object.GetKind() != "Namespace" {
			object.SetNamespace("default")
		}
		text, err := object.MarshalJSON()
		if err != nil {
			return nil, err
		}
		all.WriteString("---\n")
		all.Write(text)
	}
	if err := analyzer.AddTestReaderKubeSource([]local.ReaderSource{{Name: "case", Reader: &all}}); err != nil {
		return nil, fmt.Errorf("reading for analysis: %w", err)
	}
	if err := analyzer.AddDefaultResources(); err != nil {
		return nil, err
	}
	return analyzer, nil
}
