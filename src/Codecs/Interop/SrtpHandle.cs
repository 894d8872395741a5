using System.Runtime.InteropServices;

namespace RtpProxy.Codecs.Interop;

/// <summary><c>srtp_t</c>.</summary>
internal sealed class SrtpHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => LibSrtp.srtp_dealloc(handle) == LibSrtp.srtp_err_status_ok;
}
