using System.Runtime.InteropServices;

namespace RtpProxy.Codecs.Interop;

/// <summary><c>soxr_t</c>.</summary>
internal sealed class SoxrHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        LibSoxr.soxr_delete(handle);
        return true;
    }
}
