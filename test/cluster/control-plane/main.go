// control-plane runs one etcd and one kube-apiserver in this process, on
// loopback, with throwaway certificates, and writes a kubeconfig for them.
//
//	control-plane -dir DIR [-port N] [-- extra kube-apiserver flags]
//
// DIR is emptied by the caller when a fresh cluster is wanted; what is found
// there is reused, so a second start serves the objects of the first.
package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"flag"
	"fmt"
	"log"
	"math/big"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"go.etcd.io/etcd/server/v3/embed"
	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	"k8s.io/kubernetes/cmd/kube-apiserver/app"
)

func main() {
	dir := flag.String("dir", "", "folder for keys, data, logs and the kubeconfig")
	port := flag.Int("port", 0, "API server port on 127.0.0.1 (0: a free one)")
	flag.Parse()
	if *dir == "" {
		log.Fatal("-dir is required")
	}
	root, err := filepath.Abs(*dir)
	check(err)
	check(os.MkdirAll(filepath.Join(root, "pki"), 0o700))
	at := func(name string) string { return filepath.Join(root, name) }
	if *port == 0 {
		*port = freePort()
	}

	writeKeys(at("pki"))
	check(os.WriteFile(at("pki/tokens.csv"), []byte(
		"admin-token,admin,admin,system:masters\n"+
			"reader-token,reader,reader,readers\n"+
			"nobody-token,nobody,nobody\n"), 0o600))
	etcd := startEtcd(at("etcd"), at("etcd.log"))
	writeKubeconfig(at("kubeconfig"), *port)

	args := []string{
		"--etcd-servers=" + etcd.Config().ListenClientUrls[0].String(),
		"--bind-address=127.0.0.1",
		"--advertise-address=127.0.0.1",
		fmt.Sprintf("--secure-port=%d", *port),
		// The kubernetes Service would get a loopback endpoint, which is not valid.
		"--endpoint-reconciler-type=none",
		"--service-cluster-ip-range=10.96.0.0/16",
		"--authorization-mode=RBAC",
		"--cert-dir=" + at("pki"),
		"--client-ca-file=" + at("pki/ca.crt"),
		"--tls-cert-file=" + at("pki/server.crt"),
		"--tls-private-key-file=" + at("pki/server.key"),
		"--token-auth-file=" + at("pki/tokens.csv"),
		"--service-account-issuer=https://kubernetes.default.svc",
		"--service-account-key-file=" + at("pki/sa.pub"),
		"--service-account-signing-key-file=" + at("pki/sa.key"),
	}
	cmd := app.NewAPIServerCommand()
	cmd.SetArgs(append(args, flag.Args()...))
	code := cli.Run(cmd)
	etcd.Close()
	os.Exit(code)
}

func startEtcd(dir, logFile string) *embed.Etcd {
	c := embed.NewConfig()
	c.Dir = dir
	c.LogLevel = "warn"
	c.LogOutputs = []string{logFile}
	c.UnsafeNoFsync = true // throwaway data
	client, peer := loopback(freePort()), loopback(freePort())
	c.ListenClientUrls, c.AdvertiseClientUrls = client, client
	c.ListenPeerUrls, c.AdvertisePeerUrls = peer, peer
	c.InitialCluster = c.InitialClusterFromName(c.Name)
	c.AutoCompactionMode, c.AutoCompactionRetention = "revision", "10000"
	c.QuotaBackendBytes = 4 << 30
	e, err := embed.StartEtcd(c)
	check(err)
	select {
	case <-e.Server.ReadyNotify():
	case err := <-e.Err():
		log.Fatal("etcd: ", err)
	case <-time.After(30 * time.Second):
		log.Fatal("etcd: not ready after 30 s")
	}
	return e
}

// writeKeys leaves keys that are already there alone.
func writeKeys(dir string) {
	if _, err := os.Stat(filepath.Join(dir, "admin.crt")); err == nil {
		return
	}
	ca := &x509.Certificate{Subject: pkix.Name{CommonName: "control-plane-ca"}, IsCA: true,
		BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature}
	caKey := sign(dir, "ca", ca, nil, nil)
	sign(dir, "server", &x509.Certificate{Subject: pkix.Name{CommonName: "kube-apiserver"},
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		DNSNames:    []string{"localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc"},
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1), net.IPv4(10, 96, 0, 1)}}, ca, caKey)
	saKey := newKey()
	writeKey(filepath.Join(dir, "sa.key"), saKey)
	pub, err := x509.MarshalPKIXPublicKey(&saKey.PublicKey)
	check(err)
	writePEM(filepath.Join(dir, "sa.pub"), "PUBLIC KEY", pub)
	sign(dir, "admin", &x509.Certificate{
		Subject:  pkix.Name{CommonName: "admin", Organization: []string{"system:masters"}},
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}}, ca, caKey)
}

// sign writes name.crt and name.key, signed by parent, or by itself without one.
func sign(dir, name string, cert, parent *x509.Certificate, parentKey *ecdsa.PrivateKey) *ecdsa.PrivateKey {
	serial, err := rand.Int(rand.Reader, big.NewInt(1<<62))
	check(err)
	cert.SerialNumber = serial
	cert.NotBefore, cert.NotAfter = time.Now().Add(-time.Hour), time.Now().AddDate(1, 0, 0)
	key := newKey()
	if parent == nil {
		parent, parentKey = cert, key
	}
	der, err := x509.CreateCertificate(rand.Reader, cert, parent, &key.PublicKey, parentKey)
	check(err)
	writePEM(filepath.Join(dir, name+".crt"), "CERTIFICATE", der)
	writeKey(filepath.Join(dir, name+".key"), key)
	return key
}

func newKey() *ecdsa.PrivateKey {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	check(err)
	return key
}

func writeKey(path string, key *ecdsa.PrivateKey) {
	der, err := x509.MarshalECPrivateKey(key)
	check(err)
	writePEM(path, "EC PRIVATE KEY", der)
}

func writePEM(path, kind string, der []byte) {
	check(os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600))
}

// writeKubeconfig names files beside itself, so the folder can be moved.
func writeKubeconfig(path string, port int) {
	var b strings.Builder
	fmt.Fprintf(&b, `apiVersion: v1
kind: Config
current-context: admin
clusters:
- name: control-plane
  cluster: {server: "https://127.0.0.1:%d", certificate-authority: pki/ca.crt}
users:
- name: admin
  user: {client-certificate: pki/admin.crt, client-key: pki/admin.key}
`, port)
	for _, u := range []string{"admin", "reader", "nobody"} {
		fmt.Fprintf(&b, "- name: %s-token\n  user: {token: %s-token}\n", u, u)
	}
	b.WriteString("contexts:\n- {name: admin, context: {cluster: control-plane, user: admin}}\n")
	for _, u := range []string{"admin", "reader", "nobody"} {
		fmt.Fprintf(&b, "- {name: %s-token, context: {cluster: control-plane, user: %s-token}}\n", u, u)
	}
	check(os.WriteFile(path, []byte(b.String()), 0o600))
}

func loopback(port int) []url.URL {
	return []url.URL{{Scheme: "http", Host: fmt.Sprintf("127.0.0.1:%d", port)}}
}

func freePort() int {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
