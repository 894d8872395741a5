using RtpProxy.Protocols.Ng.Framing;

namespace RtpProxy.Protocols.Ng.Tests.Fuzz;

/// <summary>Any bytes as a stream: whole, and byte by byte, it is cut into the same messages.</summary>
public static class StreamTarget
{
    public static void Fuzz(ReadOnlySpan<byte> data)
    {
        List<byte[]> whole = Cut(data, data.Length, out NgFrame end);
        List<byte[]> pieces = Cut(data, 1, out NgFrame endOfPieces);

        // What cannot be read on is shown as far as it came, which depends on the pieces.
        endOfPieces.ShouldBe(end);
        pieces.Count.ShouldBe(whole.Count);
        for (int i = 0; i < whole.Count - (end == NgFrame.Broken ? 1 : 0); i++)
        {
            pieces[i].ShouldBe(whole[i]);
        }
    }

    private static List<byte[]> Cut(ReadOnlySpan<byte> data, int piece, out NgFrame end)
    {
        var framer = new NgStreamFramer();
        List<byte[]> messages = [];
        end = NgFrame.Incomplete;
        while (!data.IsEmpty)
        {
            framer.Append(data[..Math.Min(piece, data.Length)]);
            data = data[Math.Min(piece, data.Length)..];
            while ((end = framer.TryRead(out ReadOnlySpan<byte> message)) == NgFrame.Message)
            {
                messages.Add(message.ToArray());
            }
        }

        return messages;
    }
}
