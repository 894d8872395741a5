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
        new("speaks", scene => new Party(scene.Spoken(), true)),
        new("pauses", scene => new Party(scene.Spoken(), false)),
        new("speaks from another port", scene => new Party(scene.Spoken(scene.Party.WithPort(45_000)), true)),
        new("pauses, was on another port", scene => new Party(scene.Spoken(scene.Party.WithPort(45_000)), false)),
        new("speaks from behind a NAT", scene => new Party(scene.Spoken(scene.Nat(1_000)), true)) { IsPrivate = true },
        new("pauses behind a NAT", scene => new Party(scene.Spoken(scene.Nat(1_000)), false)) { IsPrivate = true },
        new("pauses, command repeated", scene => After(scene, () => scene.Signal(scene.Party))),
        new("on hold", scene => After(scene, scene.Hold)),
        new("resumed, silent", scene => After(scene, () =>
        {
            scene.Hold();
            scene.Run(5);
            scene.Signal(scene.Party);
        })),
        new("new public address, goes on", scene => After(scene, () => scene.Signal(scene.Public(30, 42_000)), speaks: true)),
        new("new public address, silent", scene => After(scene, () => scene.Signal(scene.Public(30, 42_000)))),
        new("new private address, goes on", scene => After(scene, () => scene.Signal(scene.Private(30, 42_000)), speaks: true)),
        new("new private address, silent", scene => After(scene, () => scene.Signal(scene.Private(30, 42_000)))),
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

    public Scene NewScene(Side side, bool ipv6) => new(side, ipv6, IsPrivate, Modifiers);

    private static Party After(Scene scene, Action command, bool speaks = false)
    {
        Voice voice = scene.Spoken();
        command();
        return new Party(voice, speaks);
    }

    /// <summary>What the party sends, and whether it does while it is attacked.</summary>
    internal sealed record Party(Voice Voice, bool Speaks)
    {
        public Endpoint Place { get; } = Voice.Source;
    }
}
