using System.Runtime.InteropServices;

namespace RtpProxy.Codecs.Interop;

/// <summary><c>gsm</c>: state of one GSM 06.10 encoder or decoder.</summary>
internal sealed class GsmHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        LibGsm.gsm_destroy(handle);
        return true;
    }
}
