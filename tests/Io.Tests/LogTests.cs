using System.Reflection;
using Microsoft.Extensions.Logging;

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
}
