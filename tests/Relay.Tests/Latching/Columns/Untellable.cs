namespace RtpProxy.Relay.Tests.Latching.Columns;

/// <summary>Where no relay can tell an attacker from the party, and why.</summary>
internal static class Untellable
{
    private const string NobodyBehindNat = "nobody spoke yet, behind a NAT";
    private const string PausesYoung = "pauses behind a NAT after half a second";
    private const string NewBehindNat = "new private address behind a NAT, silent";
    private const string ForkBehindNat = "fork answered behind a NAT, silent";

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
            + "elsewhere, and gets nothing for it; forging the first branch of a fork keeps out a second one behind a NAT. Networks that "
            + "filter forged sources (BCP 38) let no such packets out, and private addresses come from nowhere.",
        ['f'] = "By what was signalled the party may be anywhere, and at the place of the attack nobody, or hardly anybody (for less than "
            + "900 ms), was heard. Who goes on for five packets while nobody else does has the place as long as it goes on. When it "
            + "pauses for 100 ms another who goes on has the place, but if it was heard for 900 ms only after 10 s, and if for 10 s only "
            + "after 30 s. The party behind a NAT is not heard until then.",
    };

    /// <summary>The letter of the reason, or null where an attacker must get nothing.</summary>
    public static char? Reason(Attack attack, SessionState state) => (attack.Position, state.Name) switch
    {
        (Attack.SameHost, "nobody spoke yet" or "nobody spoke yet, private address") => 'c',
        (Attack.SameHost, "pauses, command repeated" or "on hold" or "resumed, silent") => 'c',
        (Attack.SameHost, "on hold behind a NAT" or "resumed behind a NAT, silent" or PausesYoung) => 'c',
        (Attack.SameHost, "new public address, silent" or "new private address, silent" or NewBehindNat) => 'c',
        (Attack.SameHost, "fork answered, public address, silent") => 'c',
        (Attack.SameHost, NobodyBehindNat or ForkBehindNat) => 'f',
        (Attack.Forger, NobodyBehindNat or PausesYoung or ForkBehindNat) when attack.GoesElsewhere => 'f',
        (Attack.Forger, "nobody spoke yet, private address") when attack.GoesElsewhere => null,
        (Attack.Forger, _) when !attack.GoesElsewhere => null,
        (_, "nobody spoke yet, private address") => 'a',
        (_, NobodyBehindNat) => 'f',
        (Attack.Listener, "nobody spoke yet" or "fax") => null,
        (Attack.Listener, ForkBehindNat) when attack.CarriesOn => 'f',
        (Attack.Listener, PausesYoung) when attack.CarriesOn => null,
        (Attack.Listener, _) when attack.CarriesOn && !IsHeardMeanwhile(state) => 'b',
        (_, "new private address, silent" or NewBehindNat) when attack.Speaks => 'd',
        (_, PausesYoung or ForkBehindNat) when attack.Speaks => 'f',
        _ => null,
    };

    /// <summary>Why the party is not heard while the attacker goes on, whether or not that gets anything; null where it is.</summary>
    public static char? MuteReason(Attack attack, SessionState state)
    {
        if (Reason(attack, state) == 'f')
        {
            return 'f';
        }

        bool isElsewhere = state.Name.Contains("behind a NAT", StringComparison.Ordinal) || state.Name == "pauses, was on another port";
        if (IsForkBehindNat(state))
        {
            return attack.Position == Attack.Forger && !attack.GoesElsewhere ? 'e'
                : attack.Speaks || attack.CarriesOn || attack.Position == Attack.SameHost ? 'f'
                : null;
        }

        return attack.ForgesSignalled && isElsewhere ? 'e' : null;
    }

    /// <summary>How many packets the party may lose when it speaks again while the attack goes on.</summary>
    public static int LostAfter(Attack attack, SessionState state) => Reason(attack, state) switch
    {
        null when IsForkBehindNat(state) => attack.Act.StartsWith("sprays", StringComparison.Ordinal) ? 10 : 5,
        'b' => 2,
        'c' => 4,
        'd' => 3,
        _ => 0,
    };

    /// <summary>The party is silent, and nothing that the attacker sends is taken for the party's.</summary>
    public static bool IsAllRefused(Attack attack, SessionState state) =>
        attack.Position != Attack.Forger && Reason(attack, state) is null && state.Name != "fax"
        && (!IsHeardMeanwhile(state) || (state.Name == "asymmetric, pauses" && attack.Position != Attack.SameHost));

    private static bool IsForkBehindNat(SessionState state) =>
        state.Name.StartsWith("fork answered behind a NAT", StringComparison.Ordinal);

    private static bool IsHeardMeanwhile(SessionState state) =>
        state.Name.Contains("speaks", StringComparison.Ordinal) || state.Name.Contains("goes on", StringComparison.Ordinal)
        || state.Name.StartsWith("asymmetric", StringComparison.Ordinal);
}
