using System.Runtime.InteropServices;

namespace RtpProxy.Codecs.Interop;

/// <summary>libsrtp 2: <c>srtp2/srtp.h</c>.</summary>
internal static partial class LibSrtp
{
    public const string FileName = "libsrtp2.so.1";

    public const int srtp_err_status_ok = 0;
    public const int ssrc_specific = 1;

    /// <summary>Once per process: <see cref="SrtpKernel"/>.</summary>
    [LibraryImport(FileName)]
    internal static partial int srtp_init();

    [LibraryImport(FileName)]
    internal static partial int srtp_create(out SrtpHandle session, in srtp_policy_t policy);

    [LibraryImport(FileName)]
    internal static partial int srtp_dealloc(nint session);

    /// <summary>Decrypts in place; <paramref name="len"/> goes in with the tag and comes out without.</summary>
    [LibraryImport(FileName)]
    internal static partial int srtp_unprotect(SrtpHandle ctx, ref byte srtp_hdr, ref int len);

    /// <summary>AES-CM with 128 bits and HMAC-SHA1 with a tag of 80 bits.</summary>
    [LibraryImport(FileName)]
    internal static partial void srtp_crypto_policy_set_rtp_default(ref srtp_crypto_policy_t p);

    /// <summary>AES-CM with 128 bits and HMAC-SHA1 with a tag of 32 bits.</summary>
    [LibraryImport(FileName)]
    internal static partial void srtp_crypto_policy_set_aes_cm_128_hmac_sha1_32(ref srtp_crypto_policy_t p);
}
