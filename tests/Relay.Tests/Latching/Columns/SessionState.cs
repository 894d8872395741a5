using RtpProxy.Rtp;

namespace RtpProxy.Relay.Tests.Latching.Columns;

/// <summary>What a call is in the middle of when somebody attacks it.</summary>
/// <param name="Name">The column of docs/security.md.</param>
/// <param name="Enter">Brings a call there; gives what the party sends, before and from now on.</param>
internal sealed record SessionState(string Name, Func<Scene, SessionState.Party> Enter)
{
    public static IReadOnlyList<SessionState> All { get; } =
    [
        new("nobody spoke yet", scene => new Party(new Voice(scene.Party), false)),
        new("nobody spoke yet, private address", scene => new Party(new Voice(scene.Party), false)) { IsPrivate = true },
        new("nobody spoke yet, behind a NAT", scene => new Party(new Voice(scene.Nat(1_000)), false)) { IsPrivate = true },
        new("speaks", scene => new Party(scene.Spoken(), true)),
        new("pauses", scene => new Party(scene.Spoken(), false)),
        new("speaks from another port", scene => new Party(scene.Spoken(scene.Party.WithPort(45_000)), true)),
        new("pauses, was on another port", scene => new Party(scene.Spoken(scene.Party.WithPort(45_000)), false)),
        new("speaks from behind a NAT", scene => new Party(scene.Spoken(scene.Nat(1_000)), true)) { IsPrivate = true },
        new("pauses behind a NAT", scene => new Party(scene.Spoken(scene.Nat(1_000)), false)) { IsPrivate = true },
        new("pauses behind a NAT after half a second", scene => new Party(scene.Spoken(scene.Nat(1_000), seconds: 0.5), false))
        {
            IsPrivate = true,
        },
        new("pauses, command repeated", scene => After(scene, () => scene.Signal(scene.Party))),
        new("on hold", scene => After(scene, scene.Hold)),
        new("resumed, silent", scene => After(scene, () =>
        {
            scene.Hold();
            scene.Run(5);
            scene.Signal(scene.Party);
        })),
        new("on hold behind a NAT", scene => After(scene, scene.Hold, scene.Nat(1_000))) { IsPrivate = true },
        new("resumed behind a NAT, silent", scene => After(
            scene,
            () =>
            {
                scene.Hold();
                scene.Run(5);
                scene.Signal(scene.Party);
            },
            scene.Nat(1_000))) { IsPrivate = true },
        new("new public address, goes on", scene => After(scene, () => scene.Signal(scene.Public(30, 42_000)), speaks: true)),
        new("new public address, silent", scene => After(scene, () => scene.Signal(scene.Public(30, 42_000)))),
        new("new private address, goes on", scene => After(scene, () => scene.Signal(scene.Private(30, 42_000)), speaks: true)),
        new("new private address, silent", scene => After(scene, () => scene.Signal(scene.Private(30, 42_000)))),
        new("new private address behind a NAT, goes on", scene =>
            After(scene, () => scene.Signal(scene.Private(30, 42_000)), scene.Nat(1_000), speaks: true)) { IsPrivate = true },
        new("new private address behind a NAT, silent", scene =>
            After(scene, () => scene.Signal(scene.Private(30, 42_000)), scene.Nat(1_000))) { IsPrivate = true },
        new("fork answered, public address, the first goes on", scene => Forked(scene, scene.Public(30, 42_000), null, speaks: true)),
        new("fork answered, public address, silent", scene => Forked(scene, scene.Public(30, 42_000), null)),
        new("fork answered behind a NAT, the first goes on", scene =>
            Forked(scene, scene.Private(30, 42_000), scene.Nat(9_000), speaks: true)),
        new("fork answered behind a NAT, silent", scene => Forked(scene, scene.Private(30, 42_000), scene.Nat(9_000))),
        new("second media line, speaks", scene => new Party(scene.Spoken(), true)) { IsSecondLine = true },
        new("second media line, pauses", scene => new Party(scene.Spoken(), false)) { IsSecondLine = true },
        new("a prompt is played to it, silent", scene => After(scene, scene.Play)),
        new("recorded, speaks", scene => After(scene, scene.Record, speaks: true)),
        new("recorded, pauses", scene => After(scene, scene.Record)),
        new("fax", scene =>
        {
            var fax = Voice.Fax(scene.Party);
            scene.Run(2, fax);
            return new Party(fax, true);
        }),
        new("asymmetric, speaks", scene => new Party(scene.Spoken(), true)) { Modifiers = "a" },
        new("asymmetric, pauses", scene => new Party(scene.Spoken(), false)) { Modifiers = "a" },
    ];

    public bool IsPrivate { get; init; }

    public string Modifiers { get; init; } = "";

    public bool IsSecondLine { get; init; }

    /// <summary>Only a callee can be there: a call is forked to callees.</summary>
    public bool IsOfCalleeOnly => Name.StartsWith("fork", StringComparison.Ordinal);

    public Scene NewScene(Side side, bool ipv6) => new(side, ipv6, IsPrivate, Modifiers, IsSecondLine);

    private static Party After(Scene scene, Action command, Endpoint? from = null, bool speaks = false)
    {
        Voice voice = scene.Spoken(from);
        command();
        return new Party(voice, speaks);
    }

    /// <summary>The first branch has spoken; the second one answers, and speaks when the attack has begun.</summary>
    private static Party Forked(Scene scene, Endpoint signalled, Endpoint? seenAt, bool speaks = false)
    {
        Voice first = scene.Spoken();
        scene.Signal(signalled, "b2");
        return new Party(first, speaks) { Next = new Voice(seenAt ?? signalled, ssrc: 77) };
    }

    /// <summary>What the party sends, and whether it does while it is attacked.</summary>
    internal sealed record Party(Voice Voice, bool Speaks)
    {
        public Endpoint Place { get; } = Voice.Source;

        /// <summary>What is to be heard when the party speaks again.</summary>
        public Voice Next { get; init; } = Voice;
    }
}
