namespace RtpProxy.Controller.Tests.Differential;

public static partial class AgreementCases
{
    private static IEnumerable<ModuleCase> Answers()
    {
        foreach (int status in (int[])[183, 200])
        {
            yield return new ModuleCase($"answer in a {status}") { Do = "answer", Status = status, ToTag = "tt" };
            yield return new ModuleCase($"offer in a {status}") { Do = "offer", Status = status, ToTag = "tt" };
            foreach (string flags in (string[])["", "a", "w", "ie", "rz20", "r1", "r2", "r3", "rc"])
            {
                yield return new ModuleCase($"answer in a {status}, flags '{flags}'")
                {
                    Do = "answer",
                    Status = status,
                    ToTag = "tt",
                    Flags = flags,
                };
            }
        }

        yield return new ModuleCase("answer in an ACK") { Do = "answer", Method = "ACK", ToTag = "tt" };
        yield return new ModuleCase("answer in an ACK without To tag") { Do = "answer", Method = "ACK" };
        yield return new ModuleCase("answer in an INVITE") { Do = "answer", ToTag = "tt" };
        yield return new ModuleCase("answer with l") { Do = "answer", Status = 200, ToTag = "tt", Flags = "rl" };
        yield return new ModuleCase("answer without To tag") { Do = "answer", Status = 200 };
        yield return new ModuleCase("offer in a 200 without To tag") { Do = "offer", Status = 200 };
        yield return new ModuleCase("answer to audio and video")
        {
            Do = "answer",
            Status = 200,
            ToTag = "tt",
            Body = Descriptions.AudioVideo,
        };
        yield return new ModuleCase("re-INVITE") { ToTag = "tt" };
        yield return new ModuleCase("re-INVITE by the callee") { FromTag = "tt", ToTag = "ft" };
        yield return new ModuleCase("hold by direction")
        {
            ToTag = "tt",
            Body = Descriptions.Plain.Replace("sendrecv", "sendonly", StringComparison.Ordinal),
        };
        yield return new ModuleCase("no From tag") { FromTag = null };
        yield return new ModuleCase("odd tags") { FromTag = "a%20b;x=y", ToTag = "T.t-*!" };
    }

    private static IEnumerable<ModuleCase> Manage()
    {
        (string Method, int Status, string? ToTag, bool HasSdp)[] messages =
        [
            ("INVITE", 0, null, true), ("INVITE", 0, null, false), ("INVITE", 0, "tt", true), ("INVITE", 180, "tt", false),
            ("INVITE", 183, "tt", true), ("INVITE", 200, "tt", true), ("INVITE", 200, "tt", false), ("INVITE", 302, "tt", false),
            ("INVITE", 486, "tt", false), ("INVITE", 603, "tt", true), ("ACK", 0, "tt", true), ("ACK", 0, "tt", false),
            ("BYE", 0, "tt", false), ("BYE", 200, "tt", false), ("CANCEL", 0, null, false), ("PRACK", 0, "tt", true),
            ("PRACK", 0, "tt", false), ("PRACK", 200, "tt", true), ("UPDATE", 0, "tt", true), ("UPDATE", 200, "tt", true),
            ("UPDATE", 200, "tt", false), ("INFO", 0, "tt", false), ("OPTIONS", 0, null, true), ("OPTIONS", 200, "tt", true),
            ("MESSAGE", 0, "tt", false), ("REGISTER", 0, null, false), ("BYE", 481, "tt", false),
        ];
        foreach ((string method, int status, string? toTag, bool hasSdp) in messages)
        {
            string name = $"manage {method} {status} {(hasSdp ? "with" : "without")} SDP, To tag {toTag ?? "none"}";
            yield return new ModuleCase(name)
            {
                Do = "manage",
                Method = method,
                Status = status,
                ToTag = toTag,
                Body = hasSdp ? Descriptions.Plain : null,
            };
        }

        yield return new ModuleCase("manage a malformed description")
        {
            Do = "manage",
            Body = Descriptions.With("t=0 0"),
        };
        yield return new ModuleCase("manage with an address") { Do = "manage", Address = "9.9.9.9" };
        yield return new ModuleCase("manage BYE with flags of offers")
        {
            Do = "manage",
            Method = "BYE",
            ToTag = "tt",
            Body = null,
            Flags = "rwfocxie1",
        };
    }

    private static IEnumerable<ModuleCase> Commands()
    {
        foreach (string flags in (string[])["", "t", "1", "2", "3", "b", "t1", "rwieflcoxa", "q"])
        {
            yield return new ModuleCase($"destroy with flags '{flags}'")
            {
                Do = "destroy",
                Method = "BYE",
                ToTag = "tt",
                Body = null,
                Flags = flags,
                ExtraId = "x7",
                HasSecondVia = true,
            };
        }

        yield return new ModuleCase("destroy without To tag")
        {
            Do = "destroy",
            Method = "CANCEL",
            Body = null,
            Flags = "",
        };
        yield return new ModuleCase("destroy in a reply")
        {
            Do = "destroy",
            Status = 486,
            ToTag = "tt",
            Body = null,
            Flags = "3",
        };
        yield return new ModuleCase("destroy that the node refuses")
        {
            Do = "destroy",
            Method = "BYE",
            ToTag = "tt",
            Body = null,
            Flags = "",
            Replies = ["E50"],
        };
        yield return new ModuleCase("destroy without a node")
        {
            Do = "destroy",
            Method = "BYE",
            ToTag = "tt",
            Body = null,
            Flags = "",
            Set = 2,
        };
        yield return new ModuleCase("destroy without From tag")
        {
            Do = "destroy",
            Method = "BYE",
            FromTag = null,
            ToTag = "tt",
            Body = null,
            Flags = "",
        };
        foreach (string what in (string[])["play-uac", "play-uas", "stop-uac", "stop-uas", "record"])
        {
            yield return new ModuleCase($"{what} in a request") { Do = what, ToTag = "tt" };
            yield return new ModuleCase($"{what} in a reply") { Do = what, Status = 200, ToTag = "tt" };
            yield return new ModuleCase($"{what} that the node refuses") { Do = what, ToTag = "tt", Replies = ["E60"] };
            yield return new ModuleCase($"{what} with a node without features") { Do = what, ToTag = "tt", Set = 1 };
            yield return new ModuleCase($"{what} without a node") { Do = what, ToTag = "tt", Set = 2 };
        }

        yield return new ModuleCase("play-uas without To tag") { Do = "play-uas" };
        yield return new ModuleCase("stop-uas without To tag") { Do = "stop-uas" };
        yield return new ModuleCase("record without To tag") { Do = "record" };
        yield return new ModuleCase("record in a reply without To tag") { Do = "record", Status = 200 };
    }
}
