namespace RtpProxy.Controller.Tests.Differential;

/// <summary>
/// Messages in every form that the grammar allows and in many that it does not: <see cref="WildHeaders"/> and
/// <see cref="WildBody"/> around all kinds of operations.
/// </summary>
public sealed class WildCases(int seed)
{
    private readonly Random _random = new(seed);

    public ModuleCase Next(int number)
    {
        bool isReply = _random.Next(3) == 0;
        string what = Pick(["offer", "offer", "offer", "answer", "manage", "destroy"]);
        bool hasHead = _random.Next(2) == 0;
        var body = new WildBody(_random);
        return new ModuleCase($"wild {number} of seed {seed}")
        {
            Do = what,
            Method = Pick(isReply ? ["INVITE", "UPDATE"] : ["INVITE", "INVITE", "ACK", "UPDATE", "BYE"]),
            Status = isReply ? 200 : 0,
            ToTag = _random.Next(3) > 0 ? "tt" : null,
            FromTag = _random.Next(20) == 0 ? null : "ft",
            HasSecondVia = _random.Next(2) == 0,
            HeadSeed = hasHead ? _random.Next() : null,
            Flags = what == "destroy" ? Pick(["", "1", "2", "3", "t"]) : Pick(["r", "r", "r", "", "r1", "r2", "r3", "rf", "rc", "x", "rx", "rw"]),
            Address = _random.Next(10) == 0 ? "9.9.9.9" : null,
            Body = body.Text,
            BodyHeaders = body.Type,
            ExtraLength = _random.Next(30) switch { 0 => null, 1 => 1, 2 => 1_000, _ => 0 },
            Replies = [Pick(["35000 127.0.0.5", "35000 127.0.0.5", "36100", "36100 2001:db8:5::5 6", "10.1.1.1", "5004 10.1.1.1"])],
            Ice = _random.Next(5) == 0 ? _random.Next(3) : null,
        };
    }

    private string Pick(string[] among) => among[_random.Next(among.Length)];
}
