namespace RtpProxy.Relay.Tests.Latching.Columns;

/// <summary>Where no relay can tell an attacker from the party, and why.</summary>
internal static class Untellable
{
    public static IReadOnlyDictionary<char, string> Reasons { get; } = new Dictionary<char, string>
    {
        ['a'] = "The address in the description is private, so the party may be seen anywhere, and who comes first is as good as "
            + "anybody. It is displaced at once when the party is heard where it was signalled, and the log warns.",
        ['b'] = "It carries the stream on, as a phone does that changes its network. It loses the place when the party sends again, "
            + "after at most two packets. Only encrypted media helps (SRTP), against listening too.",
        ['c'] = "It is where the party is, but for the port; after a command, or before anything was heard, a NAT may give any port. "
            + "It loses the place when the party is heard where it was before or where it was signalled.",
        ['d'] = "A new private address was signalled and the party is silent: it may have moved anywhere. The intruder must go on for five "
            + "packets, and loses the place when the party's own stream goes on for four.",
        ['e'] = "Who is heard at the very address that was signalled is the party. Whoever forges that without end mutes a party that is heard "
            + "elsewhere, and gets nothing for it. Networks that filter forged sources (BCP 38) let no such packets out, and private "
            + "addresses come from nowhere.",
    };

    /// <summary>The letter of the reason, or null where an attacker must get nothing.</summary>
    public static char? Reason(Attack attack, SessionState state) => (attack.Position, state.Name) switch
    {
        (Attack.SameHost, "nobody spoke yet" or "nobody spoke yet, private address") => 'c',
        (Attack.SameHost, "pauses, command repeated" or "on hold" or "resumed, silent") => 'c',
        (Attack.SameHost, "new public address, silent" or "new private address, silent") => 'c',
        (Attack.Forger, "nobody spoke yet, private address") when attack.GoesElsewhere => null,
        (Attack.Forger, _) when !attack.GoesElsewhere => null,
        (_, "nobody spoke yet, private address") => 'a',
        (Attack.Listener, "nobody spoke yet" or "fax") => null,
        (Attack.Listener, _) when attack.CarriesOn && !IsHeardMeanwhile(state) => 'b',
        (_, "new private address, silent") when attack.Speaks => 'd',
        _ => null,
    };

    /// <summary>The attacker gets nothing, but while it goes on the party is not heard.</summary>
    public static bool IsMuted(Attack attack, SessionState state) =>
        attack.ForgesSignalled &&
        state.Name is "pauses behind a NAT" or "speaks from behind a NAT" or "pauses, was on another port";

    /// <summary>How many packets the party may lose when it speaks again while the attack goes on.</summary>
    public static int LostAfter(Attack attack, SessionState state) => Reason(attack, state) switch
    {
        'b' => 2,
        'c' => 4,
        'd' => 3,
        _ => 0,
    };

    private static bool IsHeardMeanwhile(SessionState state) =>
        state.Name.Contains("speaks", StringComparison.Ordinal) || state.Name.Contains("goes on", StringComparison.Ordinal)
        || state.Name.StartsWith("asymmetric", StringComparison.Ordinal);
}
