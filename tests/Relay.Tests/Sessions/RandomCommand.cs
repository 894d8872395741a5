namespace RtpProxy.Relay.Tests.Sessions;

/// <summary>A valid command about keys, legs and flags, made of few words, so that commands meet the same sessions.</summary>
/// <param name="From">Empty where a command is written with two blanks.</param>
internal sealed record RandomCommand(char Letter, bool Weak, bool NewPort, string Call, string From, string? To)
{
    private static readonly string[] Calls = ["a", "b", "c"];
    private static readonly string[] Tags = ["f", "f;1", "f;2", "f;1;2", "t", "t;1", "t;2"];

    public static RandomCommand Next(Random random)
    {
        char letter = "UUUULLLLDDDQQGX"[random.Next(random.Next(20) == 0 ? 15 : 14)];
        bool isFromEmpty = letter is 'D' or 'Q' && random.Next(4) == 0;
        string from = isFromEmpty ? "" : AnyTag(random);
        string? to = isFromEmpty || random.Next(3) > 0 ? AnyTag(random) : null;
        return new RandomCommand(
            letter,
            Weak: random.Next(3) == 0,
            NewPort: random.Next(5) == 0,
            Calls[random.Next(Calls.Length)],
            from,
            letter == 'U' && random.Next(10) == 0 ? from : to);
    }

    private static string AnyTag(Random random) => random.Next(8) == 0 ? "nobody" : Tags[random.Next(Tags.Length)];

    public override string ToString()
    {
        string tags = To is null ? From : $"{From} {To}";
        return Letter switch
        {
            'U' or 'L' => $"{Letter}{(Weak ? "w" : "")}{(NewPort ? "n" : "")} {Call} 192.0.2.1 4000 {tags}",
            'D' => $"D{(Weak ? "w" : "")} {Call} {tags}",
            'Q' => $"Q {Call} {tags}",
            'G' => "G nsess_created nsess_destroyed nsess_complete",
            _ => "X",
        };
    }
}
