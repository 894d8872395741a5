namespace RtpProxy.SipEdge.Trust;

/// <summary>Hashes of Digest authentication that are known here (RFC 7616, for SIP RFC 8760).</summary>
internal enum DigestAlgorithm
{
    Md5,
    Sha256,
}
