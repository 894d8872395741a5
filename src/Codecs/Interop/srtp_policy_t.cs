using System.Runtime.InteropServices;

namespace RtpProxy.Codecs.Interop;

/// <summary><c>srtp_policy_t</c> of libsrtp 2: 128 bytes on machines of 64 bits.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct srtp_policy_t
{
    public int ssrc_type;
    public uint ssrc_value;
    public srtp_crypto_policy_t rtp;
    public srtp_crypto_policy_t rtcp;
    public nint key;
    public nint keys;
    public nuint num_master_keys;
    public nint deprecated_ekt;
    public nuint window_size;
    public int allow_repeat_tx;
    public nint enc_xtn_hdr;
    public int enc_xtn_hdr_count;
    public nint next;
}
