namespace RtpProxy.Codecs.Interop;

/// <summary>The cipher table of libsrtp, which must be filled once per process and refuses a second time.</summary>
internal static class SrtpKernel
{
    /// <summary>Result of <c>srtp_init</c>, called when this is first read.</summary>
    public static readonly int Status = LibSrtp.srtp_init();
}
