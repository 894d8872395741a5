using System.Net;
using FsCheck;
using FsCheck.Fluent;
using RtpProxy.Protocols.Rtpp.Replies;
using RtpProxy.Protocols.RtppFront.Replies;
using RtpProxy.Relay.Ports;

namespace RtpProxy.Protocols.Rtpp.Tests.Replies;

/// <summary>What the daemon's side writes, the controller's side reads back.</summary>
public sealed class WrittenRepliesAreReadTests
{
    [Fact]
    public void Ports_and_results_survive()
    {
        Gen<IPAddress> addresses = Gen.Elements("0.0.0.0", "127.0.0.1", "::", "::1", "2001:db8::9")
            .Select(IPAddress.Parse);
        Gen<string> results = Gen.Elements("0", "36000 127.0.0.1", "text");
        var cases =
            from address in addresses
            from port in Gen.Choose(1, 65535)
            from texts in results.ListOf()
            from fails in Gen.Elements(true, false)
            select (address, port, texts: texts.Take(15).ToList(), fails);
        Prop.ForAll(cases.ToArbitrary(), test =>
        {
            var list = new SubCommandResults();
            foreach (string text in test.texts)
            {
                if (text == "0")
                {
                    list.AppendSilent();
                }
                else
                {
                    list.AppendText(System.Text.Encoding.Latin1.GetBytes(text));
                }
            }

            if (test.fails)
            {
                list.AppendFailed();
            }

            var writer = new ReplyWriter(new byte[ReplyLimits.MaxLength]);
            writer.WritePort((ushort)test.port, new LocalAddress(test.address));
            list.WriteTo(ref writer);
            writer.EndLine();

            Reply.TryParse(writer.Written, out Reply? reply).ShouldBeTrue();
            reply!.TryGetPort(out PortReply port).ShouldBeTrue();
            bool shows = !test.address.Equals(IPAddress.Any) && !test.address.Equals(IPAddress.IPv6Any);
            port.ShouldBe(new PortReply(
                (ushort)test.port,
                shows ? test.address.ToString() : null,
                shows && test.address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6));
            List<string> expected = [.. test.texts];
            if (test.fails)
            {
                expected.Add("-1");
            }

            while (expected is [.., "0"])
            {
                expected.RemoveAt(expected.Count - 1);
            }

            reply.SubCommandResults.Select(result => result.Text).ShouldBe(expected);
        }).QuickCheckThrowOnFailure();
    }
}
