using RtpProxy.Sip.Framing;

namespace RtpProxy.Sip.Tests.Fuzz;

/// <summary>
/// Any bytes as a stream: the same frames however the stream is cut, and never more held back than a message.
/// </summary>
public static class SipStreamTarget
{
    private const int MaxMessageLength = 4096;

    public static void Fuzz(ReadOnlySpan<byte> data)
    {
        List<byte[]> whole = Read(data, Math.Max(1, data.Length), out bool wholeIsBroken);
        List<byte[]> pieces = Read(data, 7, out bool piecesAreBroken);
        pieces.Count.ShouldBe(whole.Count);
        piecesAreBroken.ShouldBe(wholeIsBroken);
        for (int i = 0; i < whole.Count; i++)
        {
            pieces[i].ShouldBe(whole[i]);
        }
    }

    private static List<byte[]> Read(ReadOnlySpan<byte> data, int step, out bool isBroken)
    {
        var framer = new SipStreamFramer(MaxMessageLength);
        var messages = new List<byte[]>();
        for (int start = 0; start < data.Length; start += step)
        {
            framer.Append(data.Slice(start, Math.Min(step, data.Length - start)));
            SipFrame frame;
            while ((frame = framer.TryRead(out byte[] message)) is SipFrame.Message or SipFrame.KeepAlive)
            {
                if (frame == SipFrame.Message)
                {
                    messages.Add(message);
                }
            }

            framer.Buffered.ShouldBeLessThanOrEqualTo(MaxMessageLength + step);
        }

        isBroken = framer.Fault is not null;
        return messages;
    }
}
