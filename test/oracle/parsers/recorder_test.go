// Runs inside a checkout of kubernetes/ingress-nginx (see record.mjs): what the controller makes of each line of RECORDER_IN.
package controller

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	networking "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/intstr"

	"k8s.io/ingress-nginx/internal/ingress/annotations"
	ngx_config "k8s.io/ingress-nginx/internal/ingress/controller/config"
	"k8s.io/ingress-nginx/internal/ingress/controller/ingressclass"
	"k8s.io/ingress-nginx/internal/ingress/controller/store"
	ngx_template "k8s.io/ingress-nginx/internal/ingress/controller/template"
	"k8s.io/ingress-nginx/internal/ingress/defaults"
	"k8s.io/ingress-nginx/internal/ingress/metric"
	"k8s.io/ingress-nginx/internal/ingress/resolver"
	"k8s.io/ingress-nginx/internal/k8s"
	"k8s.io/ingress-nginx/internal/net/ssl"
	"k8s.io/ingress-nginx/pkg/apis/ingress"
	"k8s.io/ingress-nginx/pkg/util/file"
)

type recordStore struct {
	ings []*ingress.Ingress
	cfg  ngx_config.Configuration
}

func (recordStore) GetIngressClass(_ *networking.Ingress, _ *ingressclass.Configuration) (string, error) {
	return "nginx", nil
}
func (s *recordStore) GetBackendConfiguration() ngx_config.Configuration { return s.cfg }
func (s *recordStore) GetSecurityConfiguration() defaults.SecurityConfiguration {
	return defaults.SecurityConfiguration{AnnotationsRiskLevel: s.cfg.AnnotationsRiskLevel, AllowCrossNamespaceResources: s.cfg.AllowCrossNamespaceResources}
}
func split(key string) (string, string) {
	ns, name, _ := strings.Cut(key, "/")
	return ns, name
}
func (s *recordStore) GetConfigMap(key string) (*corev1.ConfigMap, error) {
	ns, name := split(key)
	if ns == "" || name == "" || strings.Contains(name, "/") {
		return nil, store.NotExistsError(key)
	}
	data := map[string]string{"X-One": "a"}
	if name == "params" {
		data = map[string]string{"SCRIPT_FILENAME": "/srv/index.php"}
	}
	return &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Namespace: ns, Name: name}, Data: data}, nil
}
func (s *recordStore) GetSecret(key string) (*corev1.Secret, error) {
	ns, name := split(key)
	if ns == "" || name == "" || strings.Contains(name, "/") {
		return nil, store.NotExistsError(key)
	}
	return &corev1.Secret{ObjectMeta: metav1.ObjectMeta{Namespace: ns, Name: name}, Data: map[string][]byte{"auth": []byte("foo:$apr1$OFG3Xybp$ckL0FHDAkoXYIlH9.cysT0")}}, nil
}
func (s *recordStore) GetService(key string) (*corev1.Service, error) {
	for _, n := range []string{"web", "web-canary", "errors"} {
		if key == "shop/"+n {
			return &corev1.Service{ObjectMeta: metav1.ObjectMeta{Namespace: "shop", Name: n}, Spec: corev1.ServiceSpec{ClusterIP: "10.1.0.1", Ports: []corev1.ServicePort{{Port: 80, TargetPort: intstr.FromInt(80), Protocol: "TCP"}}}}, nil
		}
	}
	return nil, store.NotExistsError(key)
}
func (s *recordStore) GetServiceEndpointsSlices(key string) ([]*discoveryv1.EndpointSlice, error) {
	addr := map[string]string{"shop/web": "10.2.0.1", "shop/web-canary": "10.2.0.2", "shop/errors": "10.2.0.3"}[key]
	if addr == "" {
		return nil, fmt.Errorf("none")
	}
	t, p, proto := true, int32(80), corev1.ProtocolTCP
	return []*discoveryv1.EndpointSlice{{AddressType: "IPv4", Endpoints: []discoveryv1.Endpoint{{Addresses: []string{addr}, Conditions: discoveryv1.EndpointConditions{Ready: &t}}}, Ports: []discoveryv1.EndpointPort{{Port: &p, Protocol: &proto}}}}, nil
}
func (s *recordStore) ListIngresses() []*ingress.Ingress { return s.ings }
func (s *recordStore) GetLocalSSLCert(name string) (*ingress.SSLCert, error) {
	return nil, store.NotExistsError(name)
}
func (s *recordStore) ListLocalSSLCerts() []*ingress.SSLCert { return nil }
func (s *recordStore) GetAuthCertificate(name string) (*resolver.AuthSSLCert, error) {
	if ns, n := split(name); ns != "" && n != "" && !strings.Contains(n, "/") {
		return &resolver.AuthSSLCert{Secret: name, CAFileName: "/ca.crt", CASHA: "ca", PemFileName: "/ca.pem"}, nil
	}
	return nil, store.NotExistsError(name)
}
func (s *recordStore) GetDefaultBackend() defaults.Backend { return s.cfg.Backend }
func (s *recordStore) Run(_ chan struct{})                 {}

type recordCase struct {
	ID          string            `json:"id"`
	Canary      bool              `json:"canary"`
	Annotations map[string]string `json:"annotations"`
	ConfigMap   map[string]string `json:"configMap"`
	Base        map[string]string `json:"base"`
}

var baselines = map[string]recordResult{}

func baseline(t *testing.T, tmpl *ngx_template.Template, c recordCase) recordResult {
	key, _ := json.Marshal([]any{c.Canary, c.ConfigMap, c.Base})
	if r, ok := baselines[string(key)]; ok {
		return r
	}
	r := recordOne(t, tmpl, recordCase{Canary: c.Canary, Annotations: c.Base, ConfigMap: c.ConfigMap})
	baselines[string(key)] = r
	return r
}

func lineDiff(a, b string) string {
	count := map[string]int{}
	for _, l := range strings.Split(a, "\n") {
		count[strings.TrimSpace(l)]++
	}
	var plus, minus []string
	for _, l := range strings.Split(b, "\n") {
		l = strings.TrimSpace(l)
		if count[l] > 0 {
			count[l]--
		} else {
			plus = append(plus, "+"+l)
		}
	}
	for _, l := range strings.Split(a, "\n") {
		l = strings.TrimSpace(l)
		if count[l] > 0 {
			count[l]--
			minus = append(minus, "-"+l)
		}
	}
	return strings.Join(append(plus, minus...), "\n")
}

type recordResult struct {
	ID      string `json:"id"`
	Dropped string `json:"dropped,omitempty"`
	Denied  string `json:"denied,omitempty"`
	Conf    string `json:"-"`
	Same    bool   `json:"same"`
	Diff    string `json:"diff,omitempty"`
	Panic   string `json:"panic,omitempty"`
}

func rules(service, path string) networking.IngressSpec {
	pt := networking.PathTypePrefix
	class := "nginx"
	return networking.IngressSpec{IngressClassName: &class, TLS: []networking.IngressTLS{{Hosts: []string{"h.test"}, SecretName: "cert"}}, Rules: []networking.IngressRule{{Host: "h.test", IngressRuleValue: networking.IngressRuleValue{HTTP: &networking.HTTPIngressRuleValue{Paths: []networking.HTTPIngressPath{{Path: path, PathType: &pt, Backend: networking.IngressBackend{Service: &networking.IngressServiceBackend{Name: service, Port: networking.ServiceBackendPort{Number: 80}}}}}}}}}}
}

var checksum = regexp.MustCompile(`(?m)^\s*# Configuration checksum.*$`)

func recordOne(t *testing.T, tmpl *ngx_template.Template, c recordCase) (res recordResult) {
	res.ID = c.ID
	defer func() {
		if r := recover(); r != nil {
			res.Panic = fmt.Sprint(r)
		}
	}()
	data := map[string]string{"allow-snippet-annotations": "true", "annotations-risk-level": "Critical", "global-allowed-response-headers": "X-One"}
	for k, v := range c.ConfigMap {
		data[k] = v
	}
	st := &recordStore{cfg: ngx_template.ReadConfig(data)}
	st.cfg.Resolver = nil
	anns := map[string]string{}
	for k, v := range c.Annotations {
		anns["nginx.ingress.kubernetes.io/"+k] = v
	}
	subject := &networking.Ingress{ObjectMeta: metav1.ObjectMeta{Namespace: "shop", Name: "subject", UID: types.UID("1111"), Annotations: anns}, Spec: rules(map[bool]string{true: "web-canary", false: "web"}[c.Canary], "/foo")}
	main := &networking.Ingress{ObjectMeta: metav1.ObjectMeta{Namespace: "shop", Name: "zmain", UID: types.UID("2222"), Annotations: map[string]string{}}, Spec: rules("web", "/foo")}
	list := []*networking.Ingress{subject}
	if c.Canary {
		list = []*networking.Ingress{main, subject}
	}
	extractor := annotations.NewAnnotationExtractor(st)
	for _, ing := range list {
		parsed, err := extractor.Extract(ing)
		if err != nil {
			res.Dropped = err.Error()
			continue
		}
		if parsed.Denied != nil {
			res.Denied = *parsed.Denied
		}
		st.ings = append(st.ings, &ingress.Ingress{Ingress: *ing, ParsedAnnotations: parsed})
	}
	if res.Dropped != "" {
		return res
	}
	n := &NGINXController{store: st, t: tmpl, metricCollector: metric.DummyCollector{}, cfg: &Configuration{FakeCertificate: recordCert, EnableSSLPassthrough: false, ListenPorts: &ngx_config.ListenPorts{HTTP: 80, HTTPS: 443, Default: 8181, SSLProxy: 442, Health: 10254}}}
	_, _, pcfg := n.getConfiguration(st.ings)
	text, err := n.generateTemplate(st.cfg, *pcfg)
	if err != nil {
		res.Panic = err.Error()
		return res
	}
	conf := checksum.ReplaceAllString(string(text), "")
	for _, b := range pcfg.Backends {
		b.Service = nil
	}
	js, _ := json.MarshalIndent(pcfg.Backends, "", " ")
	pass, _ := json.Marshal(pcfg.PassthroughBackends)
	res.Conf = conf + "\n#BACKENDS\n" + string(js) + "\n#PASSTHROUGH " + string(pass)
	for _, s := range pcfg.Servers {
		res.Conf += fmt.Sprintf("\n#SERVER %s passthrough=%v", s.Hostname, s.SSLPassthrough)
	}
	return res
}

var recordCert *ingress.SSLCert

func TestRecord(t *testing.T) {
	if err := file.CreateRequiredDirectories(); err != nil {
		t.Fatal(err)
	}
	recordCert = ssl.GetFakeSSLCert()
	k8s.IngressPodDetails = &k8s.PodInfo{ObjectMeta: metav1.ObjectMeta{Name: "pod", Namespace: "ingress-nginx"}}
	tmpl, err := ngx_template.NewTemplate("../../../rootfs/etc/nginx/template/nginx.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	in, err := os.Open(os.Getenv("RECORDER_IN"))
	if err != nil {
		t.Fatal(err)
	}
	out, err := os.Create(os.Getenv("RECORDER_OUT"))
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	w := bufio.NewWriter(out)
	defer w.Flush()
	sc := bufio.NewScanner(in)
	sc.Buffer(make([]byte, 1<<20), 1<<26)
	enc := json.NewEncoder(w)
	for sc.Scan() {
		var c recordCase
		if err := json.Unmarshal(sc.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		r := recordOne(t, tmpl, c)
		b := baseline(t, tmpl, c)
		r.Same = r.Conf == b.Conf && r.Denied == b.Denied && r.Dropped == b.Dropped && r.Panic == b.Panic
		if !r.Same && r.Dropped == "" && r.Panic == "" {
			r.Diff = lineDiff(b.Conf, r.Conf)
		}
		if err := enc.Encode(r); err != nil {
			t.Fatal(err)
		}
	}
}
