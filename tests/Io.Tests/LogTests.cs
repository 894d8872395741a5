using System.Reflection;
using Microsoft.Extensions.Logging;
using RtpProxy.Io.Posix;

namespace RtpProxy.Io.Tests;

public sealed class LogTests
{
    private static readonly LoggerMessageAttribute[] Messages = [.. new[] { typeof(Net.Log), typeof(Storage.Log), typeof(Hosting.Log) }
        .SelectMany(log => log.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
        .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>())
        .OfType<LoggerMessageAttribute>()];

    [Fact]
    public void Every_message_has_an_id_of_its_own() => Messages.Select(message => message.EventId).ShouldBeUnique();

    [Fact]
    public void There_are_messages() => Messages.Length.ShouldBeGreaterThan(40);

    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("a\nb\rc\td", @"a\nb\rc\td")]
    [InlineData("\u001B[31m\0\u00E9\u007F", @"\x1B[31m\x00\xE9\x7F")]
    [InlineData("", "")]
    public void Text_of_peers_is_escaped(string text, string escaped) => new PeerText(text).ToString().ShouldBe(escaped);

    [Fact]
    public void Text_of_peers_is_cut() => new PeerText(new string('x', 100_000)).ToString().Length.ShouldBeLessThan(9000);
}
