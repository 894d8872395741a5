using System.Runtime.InteropServices;

namespace RtpProxy.Codecs.Interop;

/// <summary><c>g722_encode_state_t</c>.</summary>
internal sealed class G722EncoderHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => LibSpanDsp.g722_encode_free(handle) == 0;
}
