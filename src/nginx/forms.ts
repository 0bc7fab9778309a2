/**
 * Character sets of the controller's validators. Written so that matching is linear in the value.
 * Source: https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/parser/validators.go
 */
export const basicChars = /^[-._~a-zA-Z0-9/:]*$/;
export const charsWithSpace = /^[-._~a-zA-Z0-9/: ]*$/;
export const extendedChars = /^[-._~a-zA-Z0-9/:, ]*$/;
export const regexChars = /^[-._~a-zA-Z0-9/:^$[\](){}*+?|&=\\]*$/;
export const urlChars = /^[-._~a-zA-Z0-9/:,?&=]*$/;
export const urlWithVariables = /^[-._~a-zA-Z0-9/:, ?&=$]*$/;
export const pathWithCapture = /^[-._~a-zA-Z0-9/:$]*$/;
export const headerList = /^[A-Za-z0-9-_, ]*$/;
export const size = /^\d+[bkmg]?$/i;
export const httpMethod = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|CONNECT|OPTIONS|TRACE)$/;
export const errorCodes = /^(?:[45]\d{2},?)*$/;
export const sslCiphers = /^(?:[A-Za-z0-9!:+\-_]|@STRENGTH|@SECLEVEL=[0-5])*$/;
export const hashBy = /^[-A-Za-z0-9_${}]*$/;
export const errorPage = /^(?:@[A-Za-z0-9_-]+|(?:(?:https?:\/\/)?[A-Za-z0-9\-.]+(?::\d+)?)?(?:\/[A-Za-z0-9\-_.]+)*\/?)$/;
export const cookieDomain = /^(?:off|[-._~a-zA-Z0-9/:]+[\t\f ]+[-._~a-zA-Z0-9/:]+)$/;
export const fastcgiIndex = /^[A-Za-z0-9.\-_]+$/;
export const backendCiphers = /^[A-Za-z0-9+:_\-!]*$/;
export const backendProtocols = /^(?:TLSv1\.[23])*$/;
/** DNS-1035 label. */
export const serviceName = /^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
