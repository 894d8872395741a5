using RtpProxy.Io.Posix.Keeping;

namespace RtpProxy.Io.Tests.Keeping;

public class KeeperStateTests
{
    private static readonly KeeperState Whole = new()
    {
        ProcessId = 4711,
        Channel = 9,
        Relay = 3,
        Workers = 2,
        Version = "3.2.0 ü",
        Deaths = 1,
        IsDraining = true,
        Program = "/usr/bin/rtpproxy",
        Held = [("memory", [10]), ("port 0 \u00ff", [11, 12])],
    };

    [Fact]
    public void What_one_keeper_writes_the_next_one_reads()
    {
        KeeperState read = Read(Whole.ToText());

        read.IsWhole.ShouldBeTrue();
        (read with { Held = Whole.Held }).ShouldBe(Whole);
        read.Held.Select(item => (item.Name, string.Join(' ', item.Descriptors))).ShouldBe([("memory", "10"), ("port 0 \u00ff", "11 12")]);
    }

    [Fact]
    public void Lines_of_another_version_are_left_out()
    {
        KeeperState read = Read("colour blue\nrelay three\n" + Whole.ToText());

        read.IsWhole.ShouldBeTrue();
        read.Relay.ShouldBe(3);
        read.Held.Count.ShouldBe(2);
    }

    [Fact]
    public void What_is_held_in_a_way_that_is_not_known_is_to_be_asked_for()
    {
        KeeperState read = Read(Whole.ToText().Replace("hold", "hold zz", StringComparison.Ordinal));

        read.IsWhole.ShouldBeFalse();
        read.ProcessId.ShouldBe(4711);
        read.Channel.ShouldBe(9);
    }

    [Fact]
    public void Every_beginning_of_it_is_read_and_is_not_whole()
    {
        string text = Whole.ToText();
        for (int length = 0; length < text.Length - 1; length++)
        {
            Read(text[..length]).IsWhole.ShouldBeFalse();
        }
    }

    [Fact]
    public void Every_flipped_bit_of_it_is_survived()
    {
        byte[] text = System.Text.Encoding.ASCII.GetBytes(Whole.ToText());
        for (int bit = 0; bit < text.Length * 8; bit++)
        {
            byte[] flipped = [.. text];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Read(System.Text.Encoding.Latin1.GetString(flipped)).ProcessId.ShouldBe(4711);
        }
    }

    private static KeeperState Read(string text) => KeeperState.FromText(text, 4711, 9);
}
