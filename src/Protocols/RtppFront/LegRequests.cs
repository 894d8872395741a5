using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.Rtpp.SubCommands;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Operations.Further;
using RtpProxy.Rtp;

namespace RtpProxy.Protocols.RtppFront;

/// <summary>Modifiers, remote media and sub-commands of <c>U</c>, <c>L</c> and <c>Q</c> in the words of the relay.</summary>
internal static class LegRequests
{
    public static LegRequest Of(LegModifiers? written, RemoteMedia remote, AddressAnswers answers)
    {
        LegModifiers modifiers = written ?? LegModifiers.None;
        return new LegRequest
        {
            IsAsymmetric = modifiers.Asymmetric,
            IsWeak = modifiers.Weak,
            WantsNewPort = modifiers.NewPort,
            PtimeMilliseconds = modifiers.PtimeMilliseconds,
            Codecs = modifiers.Codecs,
            Address = answers.Chosen(modifiers),
            IsAddressNamed = modifiers.Local is not null,
            TowardSpeaker = answers.Toward(modifiers.FirstDirection),
            TowardOther = answers.Toward(modifiers.SecondDirection),
            Remote = remote.Address is { } address ? Endpoint.From(address, remote.Port) : null,
            LeftOut = remote.Address is null ? [Ignored(remote, modifiers)] : [],
        };
    }

    public static IReadOnlyList<FurtherOperation> Of(IReadOnlyList<SubCommand> subCommands, AddressAnswers answers)
    {
        if (subCommands.Count == 0)
        {
            return [];
        }

        var operations = new FurtherOperation[subCommands.Count];
        for (int i = 0; i < operations.Length; i++)
        {
            operations[i] = subCommands[i] switch
            {
                DeleteSubCommand delete => new FurtherOperation.Delete(delete.Weak),
                SetTtlSubCommand ttl => new FurtherOperation.SetTtl(ttl.Seconds, ttl.Outgoing),
                SetTosSubCommand tos => new FurtherOperation.SetTos(tos.Tos, tos.Outgoing),
                ForkSubCommand fork => new FurtherOperation.Fork(fork.SourceCall, fork.FromTag, fork.ToTag),
                LookupSubCommand lookup => new FurtherOperation.Answer(Of(lookup.Modifiers, lookup.Remote, answers)),
                DigitSubCommand digits => Of(digits),
                _ => throw new System.Diagnostics.UnreachableException($"No operation for {subCommands[i]}."),
            };
        }

        return operations;
    }

    private static FurtherOperation Of(DigitSubCommand digits) => digits.Request is { } request
        ? new FurtherOperation.CatchDigits(digits.Instance, request.Tag, new PayloadType(request.PayloadType), request.Hide)
        : new FurtherOperation.Impossible("catch_dtmf wants a tag, and may have a payload type up to 127 and h");

    private static string Ignored(RemoteMedia remote, LegModifiers modifiers) =>
        $"no {(modifiers.IsIPv6 ? "IPv6" : "IPv4")} address has the length of '{remote.AddressText}': it is ignored, and its port with it";
}
