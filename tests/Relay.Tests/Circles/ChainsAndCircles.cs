using RtpProxy.Relay.Tests.Destinations;
using RtpProxy.Rtp;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Circles;

/// <summary>
/// Sessions of one relay whose parties are ports of other sessions: a chain ends at a phone and works, a circle would carry a
/// packet for ever and is not believed.
/// </summary>
public sealed class ChainsAndCircles
{
    /// <summary>Media address as in <c>-l</c>, the address by which sessions name each other, workers.</summary>
    public static TheoryData<string, string, int> Names => new()
    {
        { "192.0.2.1", "192.0.2.1", 1 },
        { "192.0.2.1", "192.0.2.1", 3 },
        { "0.0.0.0", "192.0.2.1", 1 },
        { "0.0.0.0", "192.0.2.1", 3 },
        { "127.0.0.1", "127.0.0.1", 2 },
        { "192.0.2.1=203.0.113.1", "203.0.113.1", 2 },
        { "0.0.0.0=203.0.113.1", "203.0.113.1", 2 },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_call_that_passes_the_relay_twice_is_carried_both_ways(string media, string host, int workers)
    {
        var wire = new Wire(Machine.Relay(media, workers: workers), host);
        int first = wire.Relay.Port($"U one {Alice.ToIPAddress()} {Alice.Port} alice");
        int second = wire.Relay.Port($"U two {host} {first} alice");
        int secondBack = wire.Relay.Port($"L two {Bob.ToIPAddress()} {Bob.Port} alice bob");
        int firstBack = wire.Relay.Port($"L one {host} {secondBack} alice bob");

        for (int sequence = 1; sequence <= 5; sequence++)
        {
            wire.Send(Alice, firstBack, RtpBytes.Rtp(sequence)).ShouldBe([Bob]);
            wire.Send(Bob, second, RtpBytes.Rtp(sequence, ssrc: 8)).ShouldBe([Alice]);
        }

        wire.Relay.Events.Lines.ShouldNotContain(line => line.Contains("not believed", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void So_is_one_that_passes_it_three_times(string media, string host, int workers)
    {
        var wire = new Wire(Machine.Relay(media, workers: workers), host);
        int first = wire.Relay.Port($"U one {Alice.ToIPAddress()} {Alice.Port} alice");
        int second = wire.Relay.Port($"U two {host} {first} alice");
        int third = wire.Relay.Port($"U three {host} {second} alice");
        int thirdBack = wire.Relay.Port($"L three {Bob.ToIPAddress()} {Bob.Port} alice bob");
        int secondBack = wire.Relay.Port($"L two {host} {thirdBack} alice bob");
        int firstBack = wire.Relay.Port($"L one {host} {secondBack} alice bob");

        wire.Send(Alice, firstBack, RtpBytes.Rtp(1)).ShouldBe([Bob]);
        wire.Send(Bob, third, RtpBytes.Rtp(1, ssrc: 8)).ShouldBe([Alice]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_circle_over_an_address_that_was_only_just_found_to_be_ours_is_seen_at_once(int workers)
    {
        const string Routed = "198.51.100.77";
        int portThatWillOpen = Run(port: 1_000).OneBack; // the same relay gives the same ports

        (Wire wire, int oneBack) = Run(portThatWillOpen);

        oneBack.ShouldBe(portThatWillOpen);
        wire.Relay.Events.Lines.Count(line => line.EndsWith(": Circle", StringComparison.Ordinal)).ShouldBe(1);
        wire.Send(Mallory, oneBack, RtpBytes.Rtp(1));
        wire.Hops.ShouldBeLessThan(4, "a packet leaves the machine, or ends");

        (Wire Wire, int OneBack) Run(int port)
        {
            var found = new Wire(Machine.Relay(workers: workers, routed: Routed), Routed);
            int zero = found.Relay.Port($"U zero {Alice.ToIPAddress()} {Alice.Port} alice");
            found.Relay.Port($"U finder {Routed} {zero} alice");
            found.Relay.Port($"U two {Alice.ToIPAddress()} {Alice.Port} alice");
            int twoBack = found.Relay.Port($"L two {Routed} {port} alice bob");
            found.Relay.Port($"U one {Alice.ToIPAddress()} {Alice.Port} alice");
            int back = found.Relay.Port($"L one {Bob.ToIPAddress()} {Bob.Port} alice bob");
            found.Relay.Port($"L one {Routed} {twoBack} alice bob");
            return (found, back);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Two_calls_that_name_each_other_pass_nothing_on_for_ever(string media, string host, int workers)
    {
        var wire = new Wire(Machine.Relay(media, workers: workers), host);
        int one = wire.Relay.Port($"U one {Alice.ToIPAddress()} {Alice.Port} alice");
        int two = wire.Relay.Port($"U two {Alice.ToIPAddress()} {Alice.Port} alice");
        int oneBack = wire.Relay.Port($"L one {Bob.ToIPAddress()} {Bob.Port} alice bob");
        int twoBack = wire.Relay.Port($"L two {host} {oneBack} alice bob");
        wire.Relay.Port($"L one {host} {twoBack} alice bob");

        foreach (int port in (int[])[one, two, oneBack, twoBack])
        {
            wire.Send(Mallory, port, RtpBytes.Rtp(port));
            wire.Hops.ShouldBeLessThan(4, "a packet leaves the machine, or ends");
        }

        wire.Relay.Events.Lines.Count(line => line.EndsWith(": Circle", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nor_do_three(string media, string host, int workers)
    {
        var wire = new Wire(Machine.Relay(media, workers: workers), host);
        string[] calls = ["one", "two", "three"];
        int[] ports = [.. calls.Select(call =>
        {
            wire.Relay.Port($"U {call} {Alice.ToIPAddress()} {Alice.Port} alice");
            return wire.Relay.Port($"L {call} {Bob.ToIPAddress()} {Bob.Port} alice bob");
        })];
        for (int i = 0; i < 3; i++)
        {
            wire.Relay.Port($"L {calls[i]} {host} {ports[(i + 1) % 3]} alice bob");
        }

        wire.Send(Alice, ports[0], RtpBytes.Rtp(1));

        wire.Hops.ShouldBeLessThan(5);
        wire.Relay.Events.Lines.ShouldContain(line => line.EndsWith(": Circle", StringComparison.Ordinal));
    }

    [Fact]
    public void A_description_that_would_close_a_circle_leaves_the_media_where_it_was()
    {
        var wire = new Wire(Machine.Relay("192.0.2.1"), "192.0.2.1");
        var one = new Call(wire.Relay, "one");
        var two = new Call(wire.Relay, "two");
        wire.Relay.Port($"L two 192.0.2.1 {one.PortForAlice} alice bob");
        wire.Relay.Port($"U one 192.0.2.1 {two.PortForBob} alice");

        wire.Relay.Port($"L one 192.0.2.1 {two.PortForAlice} alice bob");

        wire.Send(Alice, two.PortForAlice, RtpBytes.Rtp(1, ssrc: 9)).ShouldBe([Bob], "the chain of two still ends there");
    }

    [Fact]
    public void A_source_that_would_close_a_circle_is_not_followed()
    {
        // What arrives for Alice of call one goes to call two, and from there on to whoever speaks for its Bob.
        var wire = new Wire(Machine.Relay("192.0.2.1"), "192.0.2.1");
        var one = new Call(wire.Relay, "one");
        var two = new Call(wire.Relay, "two");
        wire.Relay.Port($"L one 192.0.2.1 {two.PortForAlice} alice bob");
        wire.Relay.Port($"U two 192.0.2.1 {one.PortForBob} alice");
        Endpoint portOfOne = At("192.0.2.1", one.PortForAlice);

        wire.Relay.Receive(portOfOne, two.PortForBob, RtpBytes.Rtp(1, ssrc: 77)).ShouldBeEmpty();
        wire.Send(Alice, one.PortForAlice, RtpBytes.Rtp(1)).ShouldBe([Bob]);

        wire.Relay.Events.Lines.ShouldContain(line => line.EndsWith($"{portOfOne}: Circle", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("0.0.0.0", "192.0.2.1")]
    [InlineData("192.0.2.1=203.0.113.1", "203.0.113.1")]
    [InlineData("0.0.0.0=203.0.113.1", "203.0.113.1")]
    public void A_port_that_opens_where_others_send_already_closes_no_circle(string media, string host)
    {
        // Call one sends to a port that nobody has yet; then call two gets it, and sends to call one.
        var wire = new Wire(Machine.Relay(media), host);
        var one = new Call(wire.Relay, "one");
        int next = one.PortForAlice + 2;
        wire.Relay.Port($"L one {host} {next + 2} alice bob");
        int portForBob = wire.Relay.Port("U two 192.0.2.10 40000 alice");
        portForBob.ShouldBe(next);
        int portForAlice = wire.Relay.Port($"L two {host} {one.PortForAlice} alice bob");
        portForAlice.ShouldBe(next + 2);

        wire.Send(Alice, one.PortForAlice, RtpBytes.Rtp(1));

        wire.Hops.ShouldBeLessThan(4);
        wire.Relay.Events.Lines.ShouldContain(line => line.EndsWith(": Circle", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_new_port_closes_none_either(bool isDescribed)
    {
        var wire = new Wire(Machine.Relay("192.0.2.1"), "192.0.2.1");
        var one = new Call(wire.Relay, "one");
        var two = new Call(wire.Relay, "two");
        wire.Relay.Port($"L two 192.0.2.1 {one.PortForAlice} alice bob");
        wire.Relay.Port($"U one 192.0.2.1 {two.PortForBob} alice");
        wire.Send(Alice, two.PortForAlice, RtpBytes.Rtp(1)).ShouldBe([Bob]);
        int next = two.PortForAlice + 2;
        wire.Relay.Port($"L one 192.0.2.1 {next} alice bob");
        string description = isDescribed ? $"192.0.2.1 {one.PortForAlice}" : "x 0";
        wire.Relay.Port($"Ln two {description} alice bob").ShouldBe(next);

        wire.Send(Alice, one.PortForAlice, RtpBytes.Rtp(2));
        wire.Hops.ShouldBeLessThan(4);
        wire.Send(Alice, next, RtpBytes.Rtp(3));
        wire.Hops.ShouldBeLessThan(4);
        wire.Relay.Events.Lines.ShouldContain(line => line.EndsWith(": Circle", StringComparison.Ordinal));
    }

    [Fact]
    public void A_circle_that_is_opened_again_elsewhere_is_a_chain()
    {
        var wire = new Wire(Machine.Relay("192.0.2.1"), "192.0.2.1");
        var one = new Call(wire.Relay, "one");
        var two = new Call(wire.Relay, "two");
        wire.Relay.Port($"L two 192.0.2.1 {one.PortForAlice} alice bob");
        wire.Relay.Port($"U one 192.0.2.1 {two.PortForBob} alice");
        int next = two.PortForAlice + 2;
        wire.Relay.Port($"L one 192.0.2.1 {next} alice bob");
        wire.Relay.Port("Ln two x 0 alice bob").ShouldBe(next);
        wire.Send(Alice, next, RtpBytes.Rtp(1)).ShouldBeEmpty();

        wire.Relay.Port($"L one {Text(Bob)} alice bob");

        wire.Send(Alice, next, RtpBytes.Rtp(2)).ShouldBe([Bob]);
    }

    [Fact]
    public void When_the_other_call_ends_its_port_is_nobodys_again()
    {
        var wire = new Wire(Machine.Relay("192.0.2.1"), "192.0.2.1");
        var one = new Call(wire.Relay, "one");
        var two = new Call(wire.Relay, "two");
        wire.Relay.Port($"L two 192.0.2.1 {one.PortForAlice} alice bob");
        wire.Relay.Command("D two alice bob").ShouldBe("0");

        wire.Relay.Port($"L one 192.0.2.1 {two.PortForAlice} alice bob");

        wire.Relay.Receive(Alice, one.PortForAlice, RtpBytes.Rtp(1)).Single().To.ShouldBe(At("192.0.2.1", two.PortForAlice));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Copies_close_no_circle(int workers)
    {
        var wire = new Wire(Machine.Relay("192.0.2.1", workers: workers), "192.0.2.1");
        var one = new Call(wire.Relay, "one");
        var two = new Call(wire.Relay, "two");
        wire.Relay.Port($"L two 192.0.2.1 {one.PortForAlice} alice bob");

        wire.Relay.Command($"C one udp:192.0.2.1:{two.PortForAlice} alice bob").ShouldStartWith("E");
        wire.Relay.Command($"C one udp:192.0.2.1:{one.PortForAlice} alice bob").ShouldStartWith("E");

        wire.Send(Alice, one.PortForAlice, RtpBytes.Rtp(1)).ShouldBe([Bob]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Nor_does_a_description_that_names_where_copies_came_from(int workers)
    {
        var wire = new Wire(Machine.Relay("192.0.2.1", workers: workers), "192.0.2.1");
        var one = new Call(wire.Relay, "one");
        var two = new Call(wire.Relay, "two");
        wire.Relay.Command($"C one udp:192.0.2.1:{two.PortForAlice} alice bob").ShouldBe("0");

        wire.Relay.Port($"L two 192.0.2.1 {one.PortForAlice} alice bob");

        wire.Relay.Events.Lines.ShouldContain(line => line.EndsWith($"192.0.2.1:{one.PortForAlice}: Circle", StringComparison.Ordinal));
        wire.Relay.Receive(Alice, two.PortForAlice, RtpBytes.Rtp(1)).ShouldNotContain(sent => sent.To == At("192.0.2.1", one.PortForAlice));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Nor_one_that_names_where_forked_media_came_from(int workers)
    {
        var wire = new Wire(Machine.Relay("192.0.2.1", workers: workers), "192.0.2.1");
        var one = new Call(wire.Relay, "one");
        var two = new Call(wire.Relay, "two");
        wire.Relay.Port($"U fork 203.0.113.1 7000 r1 r2 && C one alice bob && L 192.0.2.1 {two.PortForAlice}");

        wire.Relay.Port($"L two 192.0.2.1 {one.PortForAlice} alice bob");

        wire.Relay.Events.Lines.ShouldContain(line => line.EndsWith($"192.0.2.1:{one.PortForAlice}: Circle", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_copy_to_a_call_that_ends_at_a_phone_is_made(int workers)
    {
        var wire = new Wire(Machine.Relay("192.0.2.1", workers: workers), "192.0.2.1");
        var one = new Call(wire.Relay, "one");
        var two = new Call(wire.Relay, "two");

        wire.Relay.Command($"C one udp:192.0.2.1:{two.PortForAlice} alice bob").ShouldBe("0");

        wire.Relay.Receive(Alice, one.PortForAlice, RtpBytes.Rtp(1)).Select(sent => sent.To)
            .ShouldBe([At("192.0.2.1", two.PortForAlice), Bob], ignoreOrder: true);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Forks_close_no_circle(int workers)
    {
        var wire = new Wire(Machine.Relay("192.0.2.1", workers: workers), "192.0.2.1");
        var one = new Call(wire.Relay, "one");
        wire.Relay.Port(
            $"U fork 192.0.2.1 {one.PortForAlice} r1 r2 && C one alice bob && L 192.0.2.1 {one.PortForAlice}");

        wire.Send(Alice, one.PortForAlice, RtpBytes.Rtp(1)).ShouldBe([Bob]);

        wire.Hops.ShouldBeLessThan(6);
    }

    [Theory]
    [InlineData(65, true)]
    [InlineData(66, false)]
    public void A_call_passes_the_relay_sixty_five_times_and_what_is_longer_counts_as_a_circle(int times, bool isCarried)
    {
        var wire = new Wire(Machine.Relay("192.0.2.1", workers: 2), "192.0.2.1");
        string caller = Text(Alice);
        for (int i = 0; i < times; i++)
        {
            caller = $"192.0.2.1 {wire.Relay.Port($"U {i} {caller} alice")}";
        }

        string callee = Text(Bob);
        for (int i = times - 1; i >= 0; i--)
        {
            callee = $"192.0.2.1 {wire.Relay.Port($"L {i} {callee} alice bob")}";
        }

        int port = int.Parse(callee.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        wire.Send(Alice, port, RtpBytes.Rtp(1)).ShouldBe(isCarried ? [Bob] : []);
        wire.Relay.Events.Lines.Any(line => line.EndsWith(": Circle", StringComparison.Ordinal)).ShouldBe(!isCarried);
    }
}
