using System.Runtime.InteropServices;

namespace RtpProxy.Codecs.Interop;

/// <summary><c>srtp_crypto_policy_t</c> of libsrtp 2; 24 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct srtp_crypto_policy_t
{
    public uint cipher_type;
    public int cipher_key_len;
    public uint auth_type;
    public int auth_key_len;
    public int auth_tag_len;
    public int sec_serv;
}
