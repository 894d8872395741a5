using RtpProxy.Rtp;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Latching;

/// <summary>Who injects, guesses and replays, against a party that was heard.</summary>
public sealed class Intruders
{
    private static readonly Endpoint Natted = At("198.18.0.1", 1_000);

    private readonly VirtualRelay _relay = new(new RelayOptions { TtlSeconds = 3_600 });

    public static TheoryData<string, string, byte[]> Attempts => new()
    {
        { "an SSRC of his own", "203.0.113.66", RtpBytes.Rtp(2, ssrc: 666) },
        { "SSRC 0", "203.0.113.66", RtpBytes.Rtp(2, ssrc: 0) },
        { "the SSRC, and a sequence too far ahead", "203.0.113.66", RtpBytes.Rtp(1_000) },
        { "the SSRC, and the next sequence with a wild timestamp", "203.0.113.66", RtpBytes.Rtp(102, timestamp: 3_000_000_000) },
        { "the SSRC, and the next sequence with an old timestamp", "203.0.113.66", RtpBytes.Rtp(102, timestamp: 0) },
        { "a replayed packet", "203.0.113.66", RtpBytes.Rtp(101) },
        { "an older packet", "203.0.113.66", RtpBytes.Rtp(90) },
        { "STUN", "203.0.113.66", [0, 1, 0, 0, 0x21, 0x12, 0xA4, 0x42, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] },
        { "RTCP on the RTP port", "203.0.113.66", RtpBytes.ReceiverReport() },
        { "an empty datagram", "203.0.113.66", [] },
        { "another port of the party's host", "198.18.0.1", RtpBytes.Rtp(2, ssrc: 666) },
    };

    [Theory]
    [MemberData(nameof(Attempts))]
    public void Nobody_takes_the_place_of_a_party_that_pauses(string what, string host, byte[] datagram)
    {
        var call = Call.BehindNat(_relay);
        call.FromAlice(Natted, RtpBytes.Rtp(100));
        call.FromAlice(Natted, RtpBytes.Rtp(101));
        for (int second = 0; second < 14; second++)
        {
            call.FromAlice(At(host, 6_666), datagram).ShouldBeNull($"{what}, after {second} s");
            _relay.Command($"U call {Text(Home)} alice");
            _relay.AdvanceSeconds(1);
        }

        call.BobSpeaks(1).ShouldBe(Natted);
        call.FromAlice(Natted, RtpBytes.Rtp(102)).ShouldBe(Bob);
    }

    [Fact]
    public void Replaying_the_whole_call_moves_nothing_even_when_sequences_have_wrapped()
    {
        var call = Call.BehindNat(_relay);
        for (int i = 0; i < 70_000; i++)
        {
            call.FromAlice(Natted, RtpBytes.Rtp(i, timestamp: (uint)(i * 160), length: 0));
        }

        _relay.AdvanceSeconds(1);
        for (int i = 0; i < 70_000; i += 7)
        {
            call.FromAlice(Mallory, RtpBytes.Rtp(i, timestamp: (uint)(i * 160), length: 0)).ShouldBeNull($"{i}");
        }
    }

    [Fact]
    public void Whatever_strangers_and_signalling_do_a_party_that_speaks_is_heard_and_sent_its_media()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var relay = new VirtualRelay(new RelayOptions { TtlSeconds = 3_600 });
            Endpoint place = random.Next(3) switch { 0 => Alice, 1 => Alice.WithPort(1_234), _ => Natted };
            Call call = place == Natted ? Call.BehindNat(relay) : new Call(relay);
            uint ssrc = (uint)random.NextInt64(1L << 32);
            int sequence = random.Next(1 << 16);
            uint timestamp = (uint)random.NextInt64(1L << 32);
            int silent = 0;
            for (int step = 0; step < 400; step++)
            {
                sequence++;
                timestamp += 160;
                call.FromAlice(place, RtpBytes.Rtp(sequence, ssrc, timestamp)).ShouldBe(Bob, $"seed {seed}, step {step}");
                relay.AdvanceSeconds(0.005);
                for (int stranger = random.Next(4); stranger > 0; stranger--)
                {
                    call.FromAlice(At($"203.0.113.{random.Next(1, 5)}", random.Next(1, 65_536)), Attack(random, ssrc, sequence, timestamp))
                        .ShouldBeNull($"seed {seed}, step {step}");
                }

                switch (random.Next(40))
                {
                    case 0:
                        relay.Command($"U call {Text(call.SignalledAlice)} alice");
                        break;
                    case 1:
                        relay.Command($"U call 10.{random.Next(256)}.0.1 {random.Next(1, 65_536)} alice");
                        silent = step + 6; // a wrong description may take the media until some packets show it
                        break;
                    case 2:
                        relay.Command("U call 0.0.0.0 1 alice");
                        break;
                    case 3:
                        (ssrc, sequence) = ((uint)random.NextInt64(1L << 32), random.Next(1 << 16));
                        break;
                }

                Endpoint? sent = call.BobSpeaks(step);
                (sent == place || (step < silent && sent!.Value.ToString().StartsWith("10.", StringComparison.Ordinal)))
                    .ShouldBeTrue($"seed {seed}, step {step}: media for {place} went to {sent}\n{string.Join("\n", relay.Events.Lines.TakeLast(12))}");
                relay.AdvanceSeconds(0.015);
            }
        }
    }

    private static byte[] Attack(Random random, uint ssrc, int sequence, uint timestamp) => random.Next(6) switch
    {
        0 => RtpBytes.Rtp(random.Next(1 << 16), (uint)random.NextInt64(1L << 32), (uint)random.NextInt64(1L << 32)),
        1 => RtpBytes.Rtp(sequence, ssrc, timestamp),
        2 => RtpBytes.Rtp(sequence + 1, ssrc, timestamp + 160), // a good guess, while the party speaks
        3 => RtpBytes.ReceiverReport(ssrc),
        4 => [],
        _ => [0, 1, 0, 0, 0x21, 0x12, 0xA4, 0x42],
    };
}
