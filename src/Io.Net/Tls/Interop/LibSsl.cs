using System.Runtime.InteropServices;

namespace RtpProxy.Io.Net.Tls.Interop;

/// <summary>OpenSSL 3: <c>openssl/ssl.h</c>, <c>openssl/bio.h</c>, <c>openssl/err.h</c>, <c>openssl/x509_vfy.h</c>.</summary>
/// <remarks>Errors of a call are in a queue of the calling thread.</remarks>
internal static unsafe partial class LibSsl
{
    public const string FileName = "libssl.so.3";
    private const string Crypto = "libcrypto.so.3"; // comes with the other

    public const int SSL_VERIFY_PEER = 1;
    public const int SSL_CTRL_SET_TLSEXT_HOSTNAME = 55;
    public const int SSL_CTRL_SET_MIN_PROTO_VERSION = 123;
    public const int TLS1_2_VERSION = 0x0303;
    public const int SSL_ERROR_WANT_READ = 2;
    public const int SSL_ERROR_ZERO_RETURN = 6;
    public const int X509_V_OK = 0;

    [LibraryImport(FileName)]
    public static partial nint TLS_client_method();

    [LibraryImport(FileName)]
    public static partial nint SSL_CTX_new(nint method);

    [LibraryImport(FileName)]
    public static partial void SSL_CTX_free(nint ctx);

    [LibraryImport(FileName)]
    public static partial int SSL_CTX_set_default_verify_paths(nint ctx);

    [LibraryImport(FileName)]
    public static partial void SSL_CTX_set_verify(nint ctx, int mode, nint verifyCallback);

    [LibraryImport(FileName)]
    public static partial nint SSL_CTX_ctrl(nint ctx, int cmd, nint larg, nint parg);

    [LibraryImport(FileName)]
    public static partial nint SSL_new(nint ctx);

    [LibraryImport(FileName)]
    public static partial void SSL_free(nint ssl);

    [LibraryImport(FileName)]
    public static partial nint SSL_ctrl(nint ssl, int cmd, nint larg, byte* parg);

    /// <summary>The name that the certificate has to be for.</summary>
    [LibraryImport(FileName)]
    public static partial int SSL_set1_host(nint ssl, byte* hostname);

    [LibraryImport(FileName)]
    public static partial nint SSL_get0_param(nint ssl);

    /// <summary>Takes both over.</summary>
    [LibraryImport(FileName)]
    public static partial void SSL_set_bio(nint ssl, nint rbio, nint wbio);

    [LibraryImport(FileName)]
    public static partial void SSL_set_connect_state(nint ssl);

    [LibraryImport(FileName)]
    public static partial int SSL_do_handshake(nint ssl);

    [LibraryImport(FileName)]
    public static partial int SSL_read(nint ssl, byte* buf, int num);

    [LibraryImport(FileName)]
    public static partial int SSL_write(nint ssl, byte* buf, int num);

    [LibraryImport(FileName)]
    public static partial int SSL_shutdown(nint ssl);

    [LibraryImport(FileName)]
    public static partial int SSL_get_error(nint ssl, int ret);

    [LibraryImport(FileName)]
    public static partial nint SSL_get_verify_result(nint ssl);

    /// <summary>The address that the certificate has to be for.</summary>
    [LibraryImport(Crypto)]
    public static partial int X509_VERIFY_PARAM_set1_ip_asc(nint param, byte* ipasc);

    [LibraryImport(Crypto)]
    public static partial byte* X509_verify_cert_error_string(nint n);

    [LibraryImport(Crypto)]
    public static partial nint BIO_s_mem();

    [LibraryImport(Crypto)]
    public static partial nint BIO_new(nint type);

    [LibraryImport(Crypto)]
    public static partial int BIO_free(nint bio);

    [LibraryImport(Crypto)]
    public static partial int BIO_read(nint bio, byte* data, int dlen);

    [LibraryImport(Crypto)]
    public static partial int BIO_write(nint bio, byte* data, int dlen);

    [LibraryImport(Crypto)]
    public static partial nuint BIO_ctrl_pending(nint bio);

    [LibraryImport(Crypto)]
    public static partial void ERR_clear_error();

    [LibraryImport(Crypto)]
    public static partial nuint ERR_get_error();

    [LibraryImport(Crypto)]
    public static partial void ERR_error_string_n(nuint e, byte* buf, nuint len);
}
