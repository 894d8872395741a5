namespace RtpProxy.Watch.Tests.Page;

/// <summary>Tests that share one browser, one after the other.</summary>
[CollectionDefinition(nameof(BrowserTests))]
public sealed class BrowserTests : ICollectionFixture<Browser>;
