using FsCheck;
using FsCheck.Fluent;
using RtpProxy.Media.Prompts;
using RtpProxy.Rtp;

namespace RtpProxy.Media.Tests;

public sealed class PromptFormatTests
{
    [Theory]
    [InlineData(0, 10, 10, 80, 80)]
    [InlineData(8, 25, 25, 200, 200)]
    [InlineData(9, 1, 1, 8, 8)]
    [InlineData(0, 0, 1, 8, 8)]
    [InlineData(18, 5, 10, 10, 80)]
    [InlineData(18, 25, 30, 30, 240)]
    [InlineData(3, 10, 20, 33, 160)]
    [InlineData(3, 60, 60, 99, 480)]
    [InlineData(4, 20, 30, 24, 240)]
    [InlineData(4, 999, 1_020, 816, 8_160)]
    public void Packets_hold_whole_frames(byte type, int wanted, int milliseconds, int bytes, int units)
    {
        PromptFormat format = PromptFormat.For(new PayloadType(type)).ShouldNotBeNull();

        format.Packet(wanted).ShouldBe(new PromptPacket(milliseconds, bytes, units));
    }

    [Fact]
    public void A_codec_whose_frames_are_not_known_has_no_format()
    {
        int[] known = [.. Enumerable.Range(0, 128).Where(type => PromptFormat.For(new PayloadType((byte)type)) is not null)];

        known.ShouldBe([0, 3, 4, 8, 9, 18]);
    }

    [Fact]
    public void The_file_of_a_prompt_has_the_payload_type_as_suffix()
    {
        PromptFormat.FileName("ann/hold", PayloadType.G729).ShouldBe("ann/hold.18");
    }

    [Fact]
    public void A_tail_is_dropped_each_time_round()
    {
        byte[] file = [.. Enumerable.Range(0, 250).Select(i => (byte)i)];
        PromptCursor cursor = new(PromptFormat.For(PayloadType.Pcmu)!.Value.Packet(10), rounds: 2);

        List<byte> firstBytes = [];
        while (cursor.TryNext(file, out ReadOnlySpan<byte> payload))
        {
            payload.Length.ShouldBe(80);
            firstBytes.Add(payload[0]);
        }

        firstBytes.ShouldBe(new byte[] { 0, 80, 160, 0, 80, 160 });
        cursor.TryNext(file, out _).ShouldBeFalse();
    }

    [Fact]
    public void An_endless_prompt_goes_on()
    {
        byte[] file = new byte[33];
        PromptCursor cursor = new(PromptFormat.For(PayloadType.Gsm)!.Value.Packet(20), rounds: -1);

        for (int i = 0; i < 10_000; i++)
        {
            cursor.TryNext(file, out ReadOnlySpan<byte> payload).ShouldBeTrue();
            payload.Length.ShouldBe(33);
        }
    }

    [Fact]
    public void A_prompt_shorter_than_a_packet_ends_at_once_even_if_endless()
    {
        PromptPacket packet = PromptFormat.For(PayloadType.Pcma)!.Value.Packet(10);
        new PromptCursor(packet, rounds: -1).TryNext(new byte[79], out _).ShouldBeFalse();
        new PromptCursor(packet, rounds: 3).TryNext([], out _).ShouldBeFalse();
        new PromptCursor(packet, rounds: 0).TryNext(new byte[800], out _).ShouldBeFalse();
    }

    [Fact]
    public void Every_prompt_gives_its_whole_packets_as_often_as_asked()
    {
        Prop.ForAll<(byte[] File, byte Size, byte Rounds)>(one =>
        {
            int size = one.Size + 1;
            PromptCursor cursor = new(new PromptPacket(1, size, 8), one.Rounds);
            byte[] whole = one.File[..(one.File.Length / size * size)];
            List<byte> played = [];
            while (cursor.TryNext(one.File, out ReadOnlySpan<byte> payload))
            {
                played.AddRange(payload);
            }

            return played.SequenceEqual(Enumerable.Repeat(whole, one.Rounds).SelectMany(bytes => bytes));
        }).QuickCheckThrowOnFailure();
    }
}
