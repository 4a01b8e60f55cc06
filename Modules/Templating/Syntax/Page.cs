namespace Billing.Templating.Syntax;

/// <summary>One parsed file: the main template or one it includes.</summary>
sealed record Page(string Name, Statement Body);
