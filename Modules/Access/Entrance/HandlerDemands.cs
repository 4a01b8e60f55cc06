using System.Reflection;
using Billing.Screens;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Billing.Access.Entrance;

/// <summary>Holds what a single handler of a page demands besides its page. A form that is sent to a page without a handler for it is refused.</summary>
internal sealed class HandlerDemands : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var current = (CurrentTenant)context.HttpContext.RequestServices.GetService(typeof(CurrentTenant))!;
        // The page would be shown although nothing was loaded for it.
        if (context.HandlerMethod is null && HttpMethods.IsPost(context.HttpContext.Request.Method))
        {
            context.Result = new StatusCodeResult(StatusCodes.Status405MethodNotAllowed);
            return;
        }
        var missing = context.HandlerMethod?.MethodInfo.GetCustomAttributes<DemandsAttribute>().FirstOrDefault(demand => !current.May(demand.Permission));
        if (missing is null)
        {
            await next();
            return;
        }
        context.HttpContext.Features.Set(new Refusal(missing.Permission, null));
        context.Result = new StatusCodeResult(StatusCodes.Status403Forbidden);
    }
}
