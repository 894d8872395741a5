using System.Net;
using RtpProxy.Relay.Ports;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Relay.Tests.Commands;

/// <summary>Modifier <c>n</c> with direction letters: which of two bridging addresses a leg's new port is on (control protocol, section 3.4).</summary>
public sealed class NewPorts
{
    public static TheoryData<string, string, bool, bool> Cases()
    {
        var cases = new TheoryData<string, string, bool, bool>();
        foreach (bool ipv6 in (bool[])[false, true])
        {
            foreach (bool hasPort in (bool[])[false, true])
            {
                foreach (string letters in (string[])["ie", "ei", "ii", "ee", "IE", "Ei"])
                {
                    cases.Add(letters, "before", hasPort, ipv6);
                    cases.Add(letters, "between", hasPort, ipv6);
                    cases.Add(letters, "after", hasPort, ipv6);
                }
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_second_letter_is_the_side_of_the_leg_that_gets_a_port(string letters, string placeOfN, bool hasPort, bool ipv6)
    {
        string modifiers = placeOfN switch
        {
            "before" => $"n{letters}",
            "between" => $"{letters[0]}N{letters[1]}",
            _ => $"{letters}n",
        };
        string expected = (char.ToLowerInvariant(letters[1]), ipv6) switch
        {
            ('i', _) => "127.0.0.1",
            (_, true) => "::1 6",
            _ => "192.0.2.1",
        };
        foreach (string command in (string[])["L{0} call 127.0.0.1 5000 f t", "U{0} call 127.0.0.1 5000 t f"])
        {
            VirtualRelay relay = Bridge(ipv6);
            relay.Command("U call 127.0.0.1 4000 f").ShouldEndWith(" 127.0.0.1");
            if (hasPort)
            {
                relay.Command("L call 127.0.0.1 5000 f t").ShouldEndWith(" 127.0.0.1");
            }

            relay.Command(string.Format(null, command, modifiers)).ShouldEndWith($" {expected}");
            relay.Ports.OpenPairs.ShouldBe(2);
        }

        VirtualRelay another = Bridge(ipv6);
        another.Command($"U call 127.0.0.1 4000 f t && L{modifiers} 127.0.0.1 5000").ShouldEndWith($" {expected}");
        another.Command($"U{modifiers} call 127.0.0.1 4000 f t").ShouldEndWith($" {expected}");
    }

    [Theory]
    [InlineData("Lie")]
    [InlineData("Lne")]
    [InlineData("Len")]
    public void Without_n_or_with_one_letter_the_leg_stays_where_creation_put_it(string command)
    {
        VirtualRelay relay = Bridge(ipv6: false);
        relay.Command("U call 127.0.0.1 4000 f").ShouldEndWith(" 127.0.0.1");

        relay.Command($"{command} call 127.0.0.1 5000 f t").ShouldEndWith(" 127.0.0.1");
    }

    private static VirtualRelay Bridge(bool ipv6) => new(new VirtualRelayOptions
    {
        Addresses = new VirtualAddressBook(
            new LocalAddress(IPAddress.Loopback),
            new LocalAddress(ipv6 ? IPAddress.IPv6Loopback : IPAddress.Parse("192.0.2.1")))
        {
            IsBridging = true,
        },
    });
}
