using RtpProxy.Media.Prompts;
using RtpProxy.Rtp;

namespace RtpProxy.Media.Tests.Fuzz;

/// <summary>Fuzz target: prompts of any content; the first bytes choose codec, packet duration and rounds.</summary>
public static class PromptFuzz
{
    public static void Fuzz(ReadOnlySpan<byte> data)
    {
        if (data.Length < 3 || PromptFormat.For(new PayloadType(data[0])) is not { } format)
        {
            return;
        }

        PromptPacket packet = format.Packet(data[1]);
        packet.Milliseconds.ShouldBeGreaterThanOrEqualTo(data[1]);
        ReadOnlySpan<byte> file = data[3..];
        PromptCursor cursor = new(packet, data[2]);
        int packets = 0;
        while (cursor.TryNext(file, out ReadOnlySpan<byte> payload))
        {
            payload.Length.ShouldBe(packet.PayloadBytes);
            packets++;
        }

        packets.ShouldBe(file.Length / packet.PayloadBytes * data[2]);
    }
}
