namespace RtpProxy.Controller.Tests.Differential;

/// <summary>Messages with which the module and our library do the same, byte for byte.</summary>
public static partial class AgreementCases
{
    public static IReadOnlyList<ModuleCase> All { get; } =
        [.. Flags(), .. Replies(), .. DescriptionForms(), .. BodyForms(), .. Answers(), .. Manage(), .. Commands()];

    private static IEnumerable<ModuleCase> Flags()
    {
        string[] plain =
        [
            "", "r", "a", "w", "i", "e", "ie", "EI", "ii", "ee", "rwz20", "rz30o", "rc", "ro", "rf", "rt", "x", "rx",
            "R", "A", "W", "rIE",
            "rC", "rF", "rO", "rZ40", "rX", "rT", "raf1", "r1", "r3",
        ];
        foreach (string flags in plain)
        {
            yield return new ModuleCase($"offer with flags '{flags}'") { Flags = flags };
        }

        foreach (string flags in (string[])["s", "k", "q", "rB", "r=", "r ie"])
        {
            yield return new ModuleCase($"unknown flags '{flags}'") { Flags = flags };
        }

        yield return new ModuleCase("extra identifier") { Flags = "rb", ExtraId = "extra7" };
        yield return new ModuleCase("extra identifier loses to the branch") { Flags = "rb1", ExtraId = "extra7" };
        yield return new ModuleCase("second branch") { Flags = "r2", HasSecondVia = true };
        yield return new ModuleCase("second branch that is missing") { Flags = "r2" };
        yield return new ModuleCase("lookup only") { Flags = "rl", ToTag = "tt" };
        yield return new ModuleCase("lookup only without To tag") { Flags = "rl" };
        yield return new ModuleCase("lookup only in a reply") { Flags = "rl", Status = 200, ToTag = "tt" };
        yield return new ModuleCase("lookup of no session") { Flags = "rl", ToTag = "tt", Replies = ["0"] };
        yield return new ModuleCase("re-packetization by a node without it") { Flags = "rz20", Set = 1 };
        yield return new ModuleCase("a node without optional features") { Set = 1 };
        yield return new ModuleCase("no usable node") { Set = 2 };
        yield return new ModuleCase("bridging by family, IPv6") { Flags = "rx", Body = Descriptions.IPv6 };
        yield return new ModuleCase("bridging by family, answer")
        {
            Do = "answer",
            Status = 200,
            ToTag = "tt",
            Flags = "rx",
            Body = Descriptions.IPv6,
        };
        yield return new ModuleCase("bridging to IPv6") { Flags = "rx", Replies = ["36100 2001:db8:5::5 6"] };
    }

    private static IEnumerable<ModuleCase> Replies()
    {
        string[] replies =
        [
            "35000", "35001 192.0.2.9", "  35002   192.0.2.9 \r\nmore lines", "\r\n35003\t192.0.2.9",
            "36100 2001:db8:5::5 6", "36100 2001:db8:5::5", "36100 192.0.2.5 && 0", "36100 192.0.2.5 4",
            "E37", "E50", "0", "", "65535", "65536", "700000000000", "hello", "35000abc 192.0.2.5",
            "35000 relay.example.com",
        ];
        foreach (string reply in replies)
        {
            yield return new ModuleCase($"reply '{reply}'") { Replies = [reply] };
            yield return new ModuleCase($"reply '{reply}' without r") { Replies = [reply], Flags = "" };
        }

        yield return new ModuleCase("address given") { Address = "9.9.9.9" };
        yield return new ModuleCase("address given, IPv6 text") { Address = "2001:db8::9" };
        yield return new ModuleCase("address given, no address in the reply")
        {
            Address = "9.9.9.9",
            Replies = ["35000"],
        };
        yield return new ModuleCase("address given, held")
        {
            Address = "9.9.9.9",
            Body = Descriptions.With(
                "c=IN IP4 10.1.1.1", "t=0 0", "m=audio 5004 RTP/AVP 0", "m=audio 5006 RTP/AVP 0", "c=IN IP4 0.0.0.0"),
        };
        yield return new ModuleCase("IPv6 SDP, reply without address")
        {
            Body = Descriptions.IPv6,
            Replies = ["36100"],
        };
        yield return new ModuleCase("IPv6 SDP, reply without address, SIP source counts")
        {
            Body = Descriptions.IPv6,
            Replies = ["36100"],
            Flags = "",
        };
        yield return new ModuleCase("IPv6 SDP, IPv4 reply") { Body = Descriptions.IPv6 };
    }
}
