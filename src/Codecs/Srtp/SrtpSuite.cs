namespace RtpProxy.Codecs.Srtp;

/// <summary>Crypto suites of SDP security descriptions (RFC 4568 section 6.2).</summary>
public enum SrtpSuite
{
    AesCm128HmacSha1Tag80,
    AesCm128HmacSha1Tag32,
}
