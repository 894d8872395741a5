using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Digits;

/// <summary>Which packets make a digit (media rules, section 8.3; RFC 4733).</summary>
public sealed class DigitDetection
{
    private readonly DigitCall _call = new();

    public DigitDetection() => _call.Offer("M3:1 dtmf%20tag").ShouldBeTrue();

    [Fact]
    public void A_pressed_key_is_notified_once_although_its_end_comes_three_times()
    {
        _call.AlicePresses(1000, code: 5);

        _call.Told.ShouldBe(["dtmf tag 5 10 800 0\n"]);
        _call.Relay.Notices.Posted[0].Target.ShouldBe(DigitCall.Target);
        _call.Events.ShouldBe(["call Caller pressed '5' 10 800 (101)"]);
    }

    [Fact]
    public void Every_key_has_its_letter()
    {
        for (int code = 0; code <= 16; code++)
        {
            _call.AlicePresses((uint)(code * 1600), code);
        }

        string.Concat(_call.Told.Select(text => text["dtmf tag ".Length])).ShouldBe("0123456789*#ABCD ");
        _call.Told.Last().ShouldBe("dtmf tag   10 800 0\n");
    }

    [Theory]
    [InlineData(17), InlineData(32), InlineData(255)]
    public void Other_events_are_no_digits_and_leave_those_that_are_remembered_alone(int code)
    {
        _call.FromAlice(1000, code: 5);
        for (uint timestamp = 2000; timestamp < 10_000; timestamp += 1000)
        {
            _call.AlicePresses(timestamp, code);
        }

        _call.Told.ShouldBeEmpty();
        _call.FromAlice(1000, code: 5, isEnd: true);
        _call.Told.Count().ShouldBe(1);
    }

    [Fact]
    public void An_end_without_anything_before_it_is_not_a_digit_until_it_comes_again()
    {
        _call.FromAlice(1000, code: 3, isEnd: true);
        _call.Told.ShouldBeEmpty();

        _call.FromAlice(1000, code: 3, isEnd: true);
        _call.Told.ShouldBe(["dtmf tag 3 10 160 0\n"]);
    }

    [Fact]
    public void A_key_that_is_held_is_not_told_before_it_is_let_go()
    {
        for (int duration = 160; duration < 8000; duration += 160)
        {
            _call.FromAlice(1000, code: 1, duration);
        }

        _call.Told.ShouldBeEmpty();
    }

    [Fact]
    public void The_longest_duration_counts_and_the_volume_of_the_end()
    {
        _call.FromAlice(1000, code: 1, duration: 480, volume: 7);
        _call.FromAlice(1000, code: 1, duration: 1600, volume: 8);
        _call.FromAlice(1000, code: 1, duration: 960, volume: 63, isEnd: true);

        _call.Told.ShouldBe(["dtmf tag 1 63 1600 0\n"]);
    }

    [Fact]
    public void Another_digit_with_the_timestamp_of_one_that_goes_on_is_ignored()
    {
        _call.FromAlice(1000, code: 3);
        _call.FromAlice(1000, code: 4, duration: 9000, isEnd: true);
        _call.FromAlice(1000, code: 4, duration: 9000, isEnd: true);
        _call.Told.ShouldBeEmpty();

        _call.FromAlice(1000, code: 3, duration: 320, isEnd: true);
        _call.Told.ShouldBe(["dtmf tag 3 10 320 0\n"]);
    }

    [Fact]
    public void Packets_of_several_keys_may_come_in_any_order()
    {
        foreach (bool isEnd in (bool[])[false, true, true])
        {
            _call.FromAlice(4000, code: 4, isEnd: isEnd);
            _call.FromAlice(1000, code: 1, isEnd: isEnd);
            _call.FromAlice(3000, code: 3, isEnd: isEnd);
            _call.FromAlice(2000, code: 2, isEnd: isEnd);
        }

        string.Concat(_call.Told.Select(text => text["dtmf tag ".Length])).ShouldBe("4132");
    }

    [Fact]
    public void Four_events_are_remembered()
    {
        _call.AlicePresses(1000, code: 1);
        for (uint timestamp = 2000; timestamp <= 4000; timestamp += 1000)
        {
            _call.FromAlice(timestamp, code: 2);
        }

        _call.FromAlice(1000, code: 1, isEnd: true);
        _call.FromAlice(1000, code: 1, isEnd: true);
        _call.Told.Count().ShouldBe(1, "a late repetition of the first");

        _call.FromAlice(5000, code: 2);
        _call.FromAlice(1000, code: 1, isEnd: true);
        _call.FromAlice(1000, code: 1, isEnd: true);
        _call.Told.Count().ShouldBe(2, "by then it is forgotten");
    }

    [Fact]
    public void Timestamp_zero_is_one_like_others()
    {
        _call.AlicePresses(0, code: 9);
        _call.AlicePresses(0, code: 9);

        _call.Told.ShouldBe(["dtmf tag 9 10 800 0\n"]);
    }

    [Fact]
    public void Only_packets_of_the_payload_type_count()
    {
        _call.AlicePresses(1000, code: 1, payloadType: 96);
        _call.AlicePresses(2000, code: 1, payloadType: 0);

        _call.Told.ShouldBeEmpty();
    }

    [Fact]
    public void Bytes_before_and_behind_the_event_are_not_taken_for_it()
    {
        byte[] csrc = [.. RtpBytes.Event(1, 1000, 7, 800)[..12], 1, 2, 3, 4, 5, 6, 7, 8, 7, 0x0a, 3, 0x20];
        csrc[0] |= 2;
        byte[] extended = [.. RtpBytes.Event(2, 1000, 7, 800)[..12], 0xbe, 0xde, 0, 1, 1, 2, 3, 4, 7, 0x8a, 3, 0x20, 0, 2];
        extended[0] |= 0x10 | 0x20; // and two bytes of padding
        foreach (byte[] packet in (byte[][])[csrc, extended])
        {
            _call.Relay.Receive(Alice, _call.Call.PortForAlice, packet).Count.ShouldBe(1);
        }

        _call.Told.ShouldBe(["dtmf tag 7 10 800 0\n"]);
    }

    [Fact]
    public void No_prefix_of_an_event_is_a_digit()
    {
        byte[] end = RtpBytes.Event(1, 1000, 5, 800, isEnd: true);
        for (int length = 1; length < end.Length; length++)
        {
            _call.Relay.Receive(Alice, _call.Call.PortForAlice, end[..length]);
            _call.Relay.Receive(Alice, _call.Call.PortForAlice, end[..length]);
        }

        _call.Told.ShouldBeEmpty();
    }

    [Fact]
    public void No_datagram_does_harm()
    {
        var chance = new Random(4733);
        for (int round = 0; round < 3000; round++)
        {
            byte[] packet = RtpBytes.Event(round, (uint)(round / 6), round / 6 % 20, chance.Next(65_536), chance.Next(2) == 0);
            int length = chance.Next(4) == 0 ? chance.Next(2, packet.Length) : packet.Length;
            packet = [.. packet[..length], .. new byte[chance.Next(3)]];
            for (int flips = chance.Next(3); flips > 0; flips--)
            {
                packet[chance.Next(packet.Length)] ^= (byte)(1 << chance.Next(8));
            }

            _call.Relay.Receive(Alice, _call.Call.PortForAlice, packet);
            _call.Relay.Advance(TimeSpan.FromMilliseconds(60));
        }

        _call.Told.ShouldAllBe(text => System.Text.RegularExpressions.Regex.IsMatch(text, "^dtmf tag [0-9*#A-D ] [0-9]+ [0-9]+ 0\n$"));
        _call.Told.Count().ShouldBeInRange(100, 600);
    }

    [Fact]
    public void Keys_cannot_be_pressed_faster_than_a_controller_can_be_told()
    {
        for (uint key = 0; key < 5000; key++)
        {
            _call.FromAlice(key * 160, code: 1);
            _call.FromAlice(key * 160, code: 1, isEnd: true);
            _call.Relay.Advance(TimeSpan.FromMilliseconds(2));
        }

        _call.Told.Count().ShouldBeInRange(300, 303, "a hundred at once, and twenty in a second");
        _call.Events.Count(line => line.EndsWith("presses too fast", StringComparison.Ordinal)).ShouldBe(1);

        _call.Relay.AdvanceSeconds(10);
        int before = _call.Told.Count();
        _call.AlicePresses(99_000, code: 5);
        _call.Told.Count().ShouldBe(before + 1);
    }

    [Fact]
    public void Not_even_all_keys_at_once_are_too_fast_for_a_machine_that_dials()
    {
        for (uint key = 0; key < 100; key++)
        {
            _call.FromAlice(key * 160, code: (int)(key % 16));
            _call.FromAlice(key * 160, code: (int)(key % 16), isEnd: true);
        }

        _call.Told.Count().ShouldBe(100);
    }
}
