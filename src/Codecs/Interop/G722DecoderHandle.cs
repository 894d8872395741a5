using System.Runtime.InteropServices;

namespace RtpProxy.Codecs.Interop;

/// <summary><c>g722_decode_state_t</c>.</summary>
internal sealed class G722DecoderHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => LibSpanDsp.g722_decode_free(handle) == 0;
}
