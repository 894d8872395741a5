using System.Text;

namespace RtpProxy.Sip.Tests.Fuzz;

/// <summary>Any bytes as a session description: read or refused, and every place lies inside.</summary>
public static class SdpTarget
{
    public static void Fuzz(ReadOnlySpan<byte> data)
    {
        string text = Encoding.Latin1.GetString(data);
        Exercise.Sdp(text, Messages.All(text));
    }
}
