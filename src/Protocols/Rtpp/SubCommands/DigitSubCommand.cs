namespace RtpProxy.Protocols.Rtpp.SubCommands;

/// <summary>
/// <c>M3:instance dtmf_tag [pt [modifiers]]</c>, of the module catch_dtmf: notify the digits (RFC 4733) that the party of the
/// incoming leg presses.
/// </summary>
/// <param name="Request">What is asked; null for arguments that the module refuses: it fails when its turn comes.</param>
/// <param name="Instance">Which of the daemon's digit catchers, at least 1.</param>
public sealed record DigitSubCommand(DigitRequest? Request, int Instance = 1) : SubCommand;
